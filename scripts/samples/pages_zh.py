"""Chinese web pages in the manners of the trade: national site, 2020 skeleton, flattened site, code classes, operator, old table."""

from __future__ import annotations

from html import escape

from samples.blocks import Block, title_of
from samples.manuscript import Manuscript

# Template codes one platform prints as CSS classes, by the label they stand beside (labels: project number, name,
# buyer, agency, budget, ceiling, contact person, phone, review panel).
_CODES = {
    "项目编号": "code-00004", "项目名称": "code-00003", "采购人": "code-00014", "采购代理机构": "code-00009",
    "预算金额（元）": "code-AM01400034", "最高限价（元）": "code-AM014priceCeiling", "项目联系人": "code-00010",
    "项目联系方式": "code-00011", "联系方式": "code-00016", "评审专家": "code-85005",
}  # fmt: skip


def make_page(manuscript: Manuscript, blocks: list[Block]) -> str:
    """Return the page's HTML in the layout the manuscript names."""
    layouts = {
        "national": _national, "skeleton": _skeleton, "flat": _flat, "codes": _codes, "operator": _operator, "old": _old,
    }  # fmt: skip
    return layouts[manuscript.header("layout")](manuscript, blocks)


def _meta(manuscript: Manuscript) -> str:
    declared = manuscript.header("declared", manuscript.header("charset", "utf-8"))
    return f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'


def _rows(table: Block, cell: str = "td") -> str:
    return "".join("<tr>" + "".join(f"<{cell}>{escape(c)}</{cell}>" for c in row) + "</tr>\n" for row in table.rows)


def _paragraphs(blocks: list[Block], style: str = "") -> str:
    attribute = f' style="{style}"' if style else ""
    lines = []
    for block in blocks:
        if block.kind == "table":
            lines.append(f'<table border="1" cellspacing="0">\n{_rows(block)}</table>')
        elif block.kind == "heading":
            lines.append(f"<p{attribute}><strong>{escape(block.text)}</strong></p>")
        elif block.kind == "signature":
            lines.append(f'<p style="text-align:right">{escape(block.text)}</p>')
        elif block.kind not in ("title", "overview"):
            lines.append(f"<p{attribute}>{escape(block.line)}</p>")
    return "\n".join(lines)


def _national(manuscript: Manuscript, blocks: list[Block]) -> str:
    title, pairs = escape(title_of(blocks)), [block for block in blocks if block.kind == "overview"]
    overview = "".join(
        f"<tr><td class='title' width='128'>{escape(b.text)}</td><td colspan='3'>{escape(b.value)}</td></tr>"
        for b in pairs
    )
    date = escape(manuscript.header("date"))
    return f"""<!doctype html>
<html>
<head>
{_meta(manuscript)}
<meta name="ArticleTitle" content="{title}" />
<meta name="PubDate" content="{date}" />
<title>{title}</title>
<script language="javascript" src="/js/jquery.js"></script>
</head>
<body id="detail">
<div class="header_nav"><p>政府采购信息发布平台（示例）</p><ul><li><a href="/">首页</a></li><li><a href="/zcfg/">政采法规</a></li>
<li><a href="/gmfw/">购买服务</a></li><li><a href="/jdjc/">监督检查</a></li><li><a href="/xxgg/">信息公告</a></li></ul></div>
<div class="vF_deail_currentloc"><p>当前位置：<a href="/">首页</a> &raquo; <a href="/xxgg/">政采公告</a> &raquo; <a href="../">地方公告</a></p></div>
<div class="vF_detail_main">
<div class="vF_detail_header"><h2 class="tc">{title}</h2>
<p class="tc"><span id="pubTime">{date}</span> 来源：<span id="sourceName">{escape(manuscript.header("site"))}</span> 【<span id="printBtn">打印</span>】</p></div>
<div class="table"><h5>公告概要：</h5><table width='600' cellspacing='1'><tr><td colspan='4'><b>公告信息：</b></td></tr>{overview}</table></div>
<div class="vF_detail_content">
{_paragraphs(blocks)}
</div>
</div>
<div class="vF_detail_relcontent"><h4>相关公告</h4><ul><li><a href="t1.htm">某县2021年农村公路养护工程中标公告</a></li><li><a href="t2.htm">某区机关食堂食材配送服务采购项目招标公告</a></li></ul></div>
<div class="footer"><p>版权所有 &copy; 政府采购信息发布平台（示例） 网站标识码：0000000000</p></div>
</body>
</html>
"""


def _skeleton(manuscript: Manuscript, blocks: list[Block]) -> str:
    title = escape(title_of(blocks))
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{_meta(manuscript)}
<title>{title}-{escape(manuscript.header("site"))}</title></head>
<body>
<div class="top"><a href="/">网站首页</a> | <a href="/zwgk">政务公开</a> | <a href="/cggg">采购公告</a> | <a href="/hdjl">互动交流</a></div>
<div class="article">
<h1>{title}</h1>
<div class="info">发布时间：{escape(manuscript.header("date"))}　来源：{escape(manuscript.header("site"))}　浏览次数：{manuscript.header("views", "217")}</div>
<div class="content">
{_paragraphs(blocks, "text-indent:2em")}
</div>
</div>
<div class="bottom">主办：{escape(manuscript.header("site"))}　备案序号：示例ICP备00000000号</div>
</body></html>
"""


def _flat(manuscript: Manuscript, blocks: list[Block]) -> str:
    lines = []
    for block in blocks:
        if block.kind == "table":
            lines += [escape(cell) for row in block.rows for cell in row if cell]
        elif block.kind in ("pair", "overview"):
            lines += [escape(block.text) + "：", escape(block.value)]
        else:
            lines.append(escape(block.text))
    body = "".join(f"<div><span>{line}</span></div>\n" for line in lines)
    return f"""<html><head>{_meta(manuscript)}<title>{escape(title_of(blocks))}</title></head>
<body><div class="nav">首页 > 交易信息 > 政府采购 > {escape(manuscript.header("channel", "交易公告"))}</div>
<div class="sub">发布时间：{escape(manuscript.header("date"))}　信息来源：{escape(manuscript.header("site"))}</div>
<div class="text">
{body}</div>
<div class="share">分享到： 微信 微博 【关闭窗口】【打印本页】</div></body></html>
"""


def _codes(manuscript: Manuscript, blocks: list[Block]) -> str:
    lines = []
    for block in blocks:
        if block.kind == "pair":
            code = _CODES.get(block.text, "bookmark-item uuid-0000")
            lines.append(
                f'<p style="line-height: 1.5em;"><span>{escape(block.text)}：</span>'
                f'<span class="{code} editable-text-content">{escape(block.value)}</span></p>'
            )
        elif block.kind == "table":
            lines.append(
                f'<table class="template-bookmark uuid-1642 code-AM014cg001 object-panel"><tbody>{_rows(block)}</tbody></table>'
            )
        elif block.kind == "heading":
            lines.append(f'<p class="title-block"><strong>{escape(block.text)}</strong></p>')
        elif block.kind != "title":
            lines.append(f'<blockquote style="border:none"><span>{escape(block.text)}</span></blockquote>')
    joined = "\n".join(lines)
    return f"""<!DOCTYPE html><html><head>{_meta(manuscript)}<title>{escape(title_of(blocks))}</title></head><body>
<div id="template-center-mark"><style>#template-center-mark .item{{font-size:16px}}</style>
<p style="text-align:center"><span class="code-00003-title">{escape(title_of(blocks))}</span></p>
<div class="pub">{escape(manuscript.header("site"))} 发布日期 {escape(manuscript.header("date"))}</div>
{joined}
</div></body></html>
"""


def _operator(manuscript: Manuscript, blocks: list[Block]) -> str:
    title = escape(title_of(blocks))
    parts = []
    for block in blocks:
        if block.kind == "table":
            parts.append(f"<table>{_rows(block)}</table>")
        elif block.kind == "pair":
            parts.append(f'<div class="row"><label>{escape(block.text)}：</label><em>{escape(block.value)}</em></div>')
        elif block.kind != "title":
            parts.append(f'<div class="txt">{escape(block.line)}</div>')
    joined = "\n".join(parts)
    return f"""<!DOCTYPE html>
<html><head>{_meta(manuscript)}<title>公告详情</title></head>
<body><div id="app"><header>{escape(manuscript.header("site"))} <nav>首页 招标公告 结果公示 供应商专区 登录/注册</nav></header>
<div class="crumb">首页 &gt; 采购公告 &gt; {escape(manuscript.header("channel", "询比公告"))}</div>
<h3 class="detail-title">{title}</h3>
<p class="sub"><span>发布时间：{escape(manuscript.header("date"))}</span><span>所属区域：{escape(manuscript.header("region"))}</span></p>
<section>
{joined}
</section>
<aside>投标人须持有CA数字证书登录平台；首次登录需完成人脸识别实名认证。操作咨询请联系平台客服。</aside>
</div></body></html>
"""


def _old(manuscript: Manuscript, blocks: list[Block]) -> str:
    rows = []
    for block in blocks:
        if block.kind in ("pair", "overview"):
            rows.append(
                f"<TR><TD WIDTH=120 ALIGN=right BGCOLOR=#EFEFEF>{escape(block.text)}</TD><TD>{escape(block.value)}&nbsp;</TD></TR>"
            )
        elif block.kind == "table":
            rows.append(f"<TR><TD COLSPAN=2><TABLE BORDER=1 CELLPADDING=2>\n{_rows(block)}</TABLE></TD></TR>")
        elif block.kind != "title":
            rows.append(f"<TR><TD COLSPAN=2>&nbsp;&nbsp;&nbsp;&nbsp;{escape(block.line)}<BR></TD></TR>")
    joined = "\n".join(rows)
    return f"""<HTML><HEAD>{_meta(manuscript)}
<TITLE>{escape(title_of(blocks))}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF TOPMARGIN=0><TABLE WIDTH=760 ALIGN=center><TR><TD><IMG SRC="/images/logo.gif"></TD></TR>
<TR><TD BGCOLOR=#003399><FONT COLOR=white>首页 | 采购信息 | 政策法规 | 办事指南 | 供应商库 | 专家库</FONT></TD></TR>
<TR><TD ALIGN=center><FONT SIZE=4><B>{escape(title_of(blocks))}</B></FONT></TD></TR>
<TR><TD ALIGN=center><FONT SIZE=2>发布日期：{escape(manuscript.header("date"))} 来源：{escape(manuscript.header("site"))}</FONT></TD></TR>
<TR><TD><TABLE WIDTH=100% BORDER=0>
{joined}
</TABLE></TD></TR>
<TR><TD ALIGN=center><FONT SIZE=2>Copyright 示例采购网 建议使用1024*768分辨率</FONT></TD></TR></TABLE></BODY></HTML>
"""

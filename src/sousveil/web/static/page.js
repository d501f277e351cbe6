// Everything here only adds to pages that read without it: keys, linked passages, preview, theme, copying.
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const root = document.documentElement;
const kept = {get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: not kept */ } }};
all('.scripted').forEach((part) => { part.hidden = false; });

// theme: as the system, light, dark
const THEMES = ['', 'light', 'dark'];
const paint = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
paint(kept.get('theme') || '');
one('#theme').addEventListener('click', () => {
  const next = THEMES[(THEMES.indexOf(root.dataset.theme || '') + 1) % THEMES.length];
  kept.set('theme', next); paint(next); say(next || 'system');
});

let fading = 0;
function say(words) {
  const toast = one('#toast');
  toast.textContent = words; toast.classList.add('on');
  clearTimeout(fading); fading = setTimeout(() => toast.classList.remove('on'), 2200);
}

// filters apply by themselves; on a phone they are folded away
const facets = one('#facets');
if (facets) {
  facets.addEventListener('change', () => facets.requestSubmit());
  if (matchMedia('(max-width:760px)').matches) one('.fold', facets).open = false;
}

// list: one hit is active, its preview is shown
const hits = all('.hit');
let active = -1;
function pick(place, isFollowed = true) {
  if (!hits.length) return;
  active = Math.max(0, Math.min(hits.length - 1, place));
  hits.forEach((hit, number) => hit.classList.toggle('on', number === active));
  all('.pv').forEach((preview) => { preview.hidden = preview.id !== hits[active].dataset.peek; });
  if (isFollowed) hits[active].scrollIntoView({block: 'nearest'});
}
if (hits.length) pick(0, false);
hits.forEach((hit, number) => {
  hit.addEventListener('focusin', () => pick(number, false));
  hit.addEventListener('click', (event) => { if (!event.target.closest('a')) pick(number, false); });
});

// map and matrix: a place is marked in both; both lead to the same notices
const leading = (href) => all('.map .land,.mx tbody th a').filter((one) => one.getAttribute('href') === href);
all('.map .land,.mx tbody tr').forEach((part) => {
  const lead = part.matches('.land') ? part : one('th a', part);
  const set = (isOn) => lead && leading(lead.getAttribute('href')).forEach((mark) => (mark.closest('tr') || mark).classList.toggle('on', isOn));
  ['mouseenter', 'focusin'].forEach((kind) => part.addEventListener(kind, () => set(true)));
  ['mouseleave', 'focusout'].forEach((kind) => part.addEventListener(kind, () => set(false)));
});

// document: passages and findings mark one another
const facts = all('.fact');
const quoted = facts.map((fact) => Number(fact.dataset.e));
let current = 0;
const marked = (number) => all(`.ev[data-e~="${number}"],.fact[data-e="${number}"]`);
function go(number, where = 'both', how = 'smooth') {
  if (!number) return;
  marked(current).forEach((part) => part.classList.remove('on'));
  current = number;
  marked(number).forEach((part) => part.classList.add('on'));
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : how;
  const passage = one(`.ev[data-e~="${number}"]`), fact = one(`#n-${number}`), column = one('.facts');
  if (where !== 'facts' && passage) passage.scrollIntoView({block: 'center', behavior});
  if (where !== 'text' && fact && column.scrollHeight > column.clientHeight)
    column.scrollTo({top: fact.offsetTop - column.clientHeight / 3, behavior});
  one('#pos').textContent = `${quoted.indexOf(number) + 1}/${quoted.length}`;
}
// a decision on the passage in hand is kept, and the page is read again where it stands
async function send(form, button) {
  const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form, button)), redirect: 'manual'}).catch(() => null);
  if (answer?.type !== 'opaqueredirect') { say(form.dataset.failed); return; }
  history.replaceState(null, '', `#n-${button.value.split(' ')[1]}`); location.reload();
}
function decide(verdict) {
  const form = one('#judge'), fact = one(`#n-${current}`);
  if (!form || !fact || (verdict === 'undo' && !one('.rv', fact))) return;
  const button = Object.assign(document.createElement('button'), {name: 'decide', value: `${verdict} ${current} ${fact.dataset.ids}`, hidden: true});
  form.append(button); form.requestSubmit(button); button.remove();
}
const visible = () => facts.filter((fact) => !fact.hidden).map((fact) => Number(fact.dataset.e));
const next = () => go(visible().find((number) => number > current) || visible()[0]);
const before = () => go(visible().reverse().find((number) => number < current) || visible().at(-1));
if (one('#doc')) {
  one('#after').addEventListener('click', next);
  one('#before').addEventListener('click', before);
  one('.text').addEventListener('click', (event) => {
    const number = event.target.closest('.fn')?.textContent;
    const passage = event.target.closest('.ev');
    if (number) event.preventDefault();
    if (number || passage) go(Number(number || passage.dataset.e.trim().split(' ').at(-1)), 'facts');
  });
  one('.facts').addEventListener('click', (event) => {
    const fact = event.target.closest('.fact');
    const link = event.target.closest('a');
    if (link?.matches('.cited')) { event.preventDefault(); go(Number(fact.dataset.e), 'text'); cite(); return; }
    if (!fact || event.target.closest('summary,button') || (link && link.getAttribute('href')[0] !== '#')) return;
    event.preventDefault(); go(Number(fact.dataset.e), 'text');
  });
  for (const kind of ['mouseover', 'mouseout'])
    one('#doc').addEventListener(kind, (event) => {
      const part = event.target.closest('.ev,.fact');
      (part?.dataset.e.trim().split(' ') || []).forEach((number) => Number(number) === current
        || marked(number).forEach((other) => other.classList.toggle('on', kind === 'mouseover')));
    });
  one('.fcf').addEventListener('click', (event) => {
    const chosen = event.target.closest('button');
    if (!chosen) return;
    all('.fcf button').forEach((button) => {
      button.classList.toggle('on', button === chosen); button.setAttribute('aria-pressed', button === chosen);
    });
    facts.forEach((fact) => { fact.hidden = Boolean(chosen.dataset.c) && fact.dataset.c !== chosen.dataset.c; });
  });
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const passage = target && (target.closest('.ev') || (target.matches('.at') && target.nextElementSibling?.closest('.ev'))
    || (target.matches('.at') && one(`.ev`, target.parentElement)));
  if (passage) { const numbers = passage.dataset.e.trim().split(' '); marked(numbers.at(-1)).forEach((part) => part.classList.add('on')); current = Number(numbers.at(-1)); one('#pos').textContent = `${quoted.indexOf(current) + 1}/${quoted.length}`; }
  const column = one('.facts'); // on a phone the findings stand below the text: who judged there stays there
  if (target && target.matches('.fact')) go(Number(target.dataset.e), column.scrollHeight > column.clientHeight ? 'both' : 'facts', 'instant');
  one('#judge')?.addEventListener('submit', (event) => { event.preventDefault(); send(event.target, event.submitter); });
  all('[data-form]').forEach((link) => link.addEventListener('click', () => keepPassage(link)));
  one('#cite')?.addEventListener('click', cite);
  one('[data-back]').addEventListener('click', (event) => {
    if (history.length > 1 && document.referrer === '' && performance.getEntriesByType('navigation')[0]?.type !== 'reload') return;
    if (history.length > 1) { event.preventDefault(); history.back(); }
  });
}
// text and page image are two forms of one place: the passage goes along
function keepPassage(link) {
  const fact = one(`#n-${current}`);
  if (!fact) return;
  const address = new URL(link.href);
  address.searchParams.set('p', fact.dataset.p); address.hash = `q-${current}`;
  link.href = address;
}
const turnPage = () => one('[data-form]:not([aria-current])')?.click();
async function cite() {
  const words = one(`#n-${current}`)?.dataset.citation || one('#doc')?.dataset.citation; // of the passage in hand, else of the notice
  if (!words) return;
  try { await navigator.clipboard.writeText(words); say(words); } catch { say(words); }
}

// data: a run that goes on tells how far it is, to pages that somebody looks at (a browser keeps few connections)
const run = one('#live');
let told = null;
function hear() {
  if (document.hidden) { told?.close(); told = null; return; }
  if (told) return;
  told = new EventSource(run.dataset.events);
  told.addEventListener('message', (event) => {
    const now = JSON.parse(event.data);
    if ((now.state === 'running') !== (run.dataset.state === 'running')) { location.reload(); return; }
    all('[data-live]', run).forEach((part) => { part.textContent = now.shown[part.dataset.live] ?? ''; });
    all('[data-bar]', run).forEach((bar) => {
      bar.setAttribute('width', now.bars[bar.dataset.bar]);
      if (bar.dataset.bar === 'bad') bar.setAttribute('x', now.bars.all); else bar.parentElement.setAttribute('aria-valuenow', Math.round(now.bars[bar.dataset.bar]));
    });
    document.title = document.title.replace(/^[^·]*%/, now.shown.share);
  });
  told.addEventListener('end', () => { told.close(); location.reload(); });
  told.addEventListener('error', () => { if (told.readyState === EventSource.CLOSED) location.reload(); else say(run.dataset.gone); });
}
if (run) { hear(); document.addEventListener('visibilitychange', hear); }
if (one('#starting')) setTimeout(() => location.reload(), 2000);

// keys: never while typing, never with a modifier, and not at all where they are switched off
const switched = one('#keys-on');
switched.checked = kept.get('keys') !== 'off';
switched.addEventListener('change', () => kept.set('keys', switched.checked ? 'on' : 'off'));
one('#help').addEventListener('click', () => one('#keys').showModal());
const PAGES = {o: '/', s: '/search', i: '/i', n: '/network', f: '/flags', d: '/runs'};
let isGoing = false;
const KEYS = {
  '/': () => one('#gs').select(), '?': () => one('#keys').showModal(),
  g: () => { isGoing = true; setTimeout(() => { isGoing = false; }, 900); },
  j: () => pick(active + 1), k: () => pick(active - 1), p: () => one('.peeks')?.classList.toggle('off'),
  f: () => one('#facets input[type=checkbox]')?.focus(), n: next, N: before, y: () => decide('confirmed'), r: () => decide('rejected'), h: () => decide('unsure'), z: () => decide('undo'), c: cite, i: turnPage, u: () => one('[data-back]')?.click(),
  Enter: () => { if (hits[active]) location.href = hits[active].dataset.href; },
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || one('dialog[open]')) return;
  const isTyping = event.target.matches('input:not([type=checkbox]),textarea,select');
  if (event.key === 'Escape' && isTyping) event.target.blur();
  if (isTyping || !switched.checked) return;
  if (event.key === 'Enter' && event.target !== document.body) return;
  if (isGoing && PAGES[event.key]) { location.href = PAGES[event.key]; return; }
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

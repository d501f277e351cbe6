"""How a step is carried out: worker processes that are watched, and thrown away when they misbehave.

In: jobs (a header and bytes). Out: answers as JSON. Refused: nothing; a job whose worker crashes, hangs or runs out of
memory is answered with the reason. Kept where: nowhere.

The function that does the work is given by name (``module:function``), so this room knows nothing of the others:

>>> from sousveil.run.protocol import Job
>>> from sousveil.run.pool import Pool
>>> with Pool("sousveil.run.worker:echo", jobs=1) as pool:
...     pool.submit(Job(key=7, header={"name": "a"}, payload=b"bytes"))
...     answers = pool.take()
>>> answers[0].key, answers[0].parts
(7, (b'{"name":"a","size":5}',))
"""

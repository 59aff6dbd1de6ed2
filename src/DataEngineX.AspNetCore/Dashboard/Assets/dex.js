// Keeps the status page fresh: asks for its main part every few seconds and puts in only the sections that changed.
const every = 3000;
const source = new URL('../fragment', import.meta.url);
const live = document.getElementById('live');
let tag = '';
let timer = 0;
let failures = 0;

function say(text) {
  if (live.textContent !== text) live.textContent = text;
}

// What the reader opened, scrolled or stands on stays as it is.
function keep(old, fresh) {
  for (const open of old.querySelectorAll('details[open][id]')) {
    fresh.querySelector('#' + CSS.escape(open.id))?.setAttribute('open', '');
  }
  const places = [...old.querySelectorAll('.scroll[id]')].map(e => [e.id, e.scrollLeft, e.scrollTop]);
  const focus = document.activeElement;
  const focused = focus && old.contains(focus) ? focus.id || focus.parentElement?.id : '';
  const onSummary = focus?.localName === 'summary';
  old.replaceChildren(...fresh.childNodes);
  for (const [id, left, top] of places) {
    const place = document.getElementById(id);
    if (place) place.scrollTo(left, top);
  }
  if (focused) {
    const target = document.getElementById(focused);
    (onSummary ? target?.querySelector('summary') : target)?.focus({ preventScroll: true });
  }
}

function isSelecting(section) {
  const selection = document.getSelection();
  return selection && !selection.isCollapsed && section.contains(selection.anchorNode);
}

// A section without what the reader opened is what the server sent.
function plain(section) {
  const copy = section.cloneNode(true);
  for (const open of copy.querySelectorAll('details[open]')) open.removeAttribute('open');
  return copy.innerHTML;
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  let complete = true;
  for (const section of fresh.querySelectorAll('main > section[id]')) {
    const old = document.getElementById(section.id);
    if (!old || plain(old) === section.innerHTML) continue;
    if (isSelecting(old)) complete = false;
    else keep(old, section);
  }
  return complete;
}

async function refresh() {
  try {
    // The browser asks whether its copy still holds, and gives it again when it does.
    const answer = await fetch(source, { cache: 'no-cache', redirect: 'error' });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = answer.headers.get('ETag');
    if (!fresh || fresh !== tag) tag = show(await answer.text()) ? fresh : '';
    failures = 0;
    say('Live: refreshed every few seconds.');
  } catch {
    failures++;
    say('The host does not answer; the values may be old.');
  }
  plan();
}

function plan() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, Math.min(every * 2 ** Math.min(failures, 4), 30000));
}

document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : refresh());
say('Live: refreshed every few seconds.');
plan();

/** The index at the side of /docs. */
import { make } from './words.js';

const $ = (id) => document.getElementById(id);

/** @param entries {id, text, sign, hint, words}: where it leads, what it says, and by which words it is found */
export function entriesOf(heading, entries) {
  const group = make('div', 'entries');
  group.append(make('h2', '', heading));
  const ul = make('ul');
  for (const { id, text, sign, hint, words } of entries) {
    const li = make('li');
    const link = make('a');
    link.href = '#' + id;
    if (sign) link.append(sign);
    else link.className = 'unsigned';
    link.append(make('span', '', text));
    if (hint) link.title = hint;
    li.dataset.words = words.join(' ').toLowerCase();
    li.append(link);
    ul.append(li);
  }
  group.append(ul);
  return group;
}

export function errorsLink() {
  const link = make('a', 'errors-link', 'Errors');
  link.href = '#errors';
  return link;
}

/** The index follows what is read, filters, and is walked by the arrow keys. */
export function follow() {
  const linkById = new Map([...$('operations').querySelectorAll('a')].map((a) => [a.hash.slice(1), a]));
  const eye = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((e) => e.isIntersecting)) {
        for (const link of linkById.values()) link.removeAttribute('aria-current');
        const link = linkById.get(entry.target.id);
        link?.setAttribute('aria-current', 'true');
        if (link) bringIntoSight(link);
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  for (const part of document.querySelectorAll('.operation')) eye.observe(part);
  $('operations').addEventListener('click', () => {
    if (matchMedia('(max-width: 56rem)').matches) $('index').open = false;
  });
}

/** Moves the index only, never the page, and not under a hand that is in it. */
function bringIntoSight(link) {
  const index = $('index');
  if (index.matches(':hover, :focus-within')) return;
  const place = link.getBoundingClientRect();
  const frame = index.getBoundingClientRect();
  const above = place.top - frame.top - place.height;
  const below = place.bottom - frame.bottom + place.height;
  if (above < 0 || below > 0) index.scrollTop += above < 0 ? above : below;
}

$('filter').addEventListener('input', () => {
  const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const li of $('operations').querySelectorAll('li'))
    li.hidden = !words.every((word) => li.dataset.words.includes(word));
  for (const group of $('operations').querySelectorAll('.entries'))
    group.hidden = !group.querySelector('li:not([hidden])');
  $('none').hidden = Boolean($('operations').querySelector('li:not([hidden])'));
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = event.target === $('filter');
  if (event.key === '/' && !inField) {
    $('index').open = true;
    $('filter').focus();
    event.preventDefault();
  }
  if (!['ArrowDown', 'ArrowUp'].includes(event.key) || !$('index').contains(event.target)) return;
  const links = [...$('operations').querySelectorAll('a')].filter((a) => a.offsetParent);
  const next = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
  (links[next] ?? $('filter')).focus();
  event.preventDefault();
});

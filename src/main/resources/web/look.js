/**
 * How a room looks, on a card and on its own page. All text of a room is hostile: it only ever becomes a text node, and an
 * address only becomes an image if it is http.
 */
const HUES = 12;
const letters = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

export const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
export const whole = new Intl.NumberFormat();

export function make(name, className, parent) {
  const element = document.createElement(name);
  if (className) element.className = className;
  parent?.append(element);
  return element;
}

/** A user's words go in their own direction, and cannot turn those around them. */
export function own(element) {
  element.dir = 'auto';
  return element;
}

export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A place for a picture. Below is a gradient of its own for each id, with a letter, for none and for a broken one. */
export function makeFrame(element) {
  const initial = make('span', 'initial');
  initial.setAttribute('aria-hidden', 'true');
  element.prepend(initial);
  return { element, initial, hue: '', url: null, image: null };
}

export function paint(frame, id, text, address) {
  const hue = 'hue' + (hash(id) % HUES);
  if (hue !== frame.hue) {
    if (frame.hue) frame.element.classList.remove(frame.hue);
    frame.element.classList.add(hue);
    frame.hue = hue;
  }
  write(frame.initial, initialOf(text));
  const url = httpOrNull(address);
  if (url === frame.url) return;
  frame.url = url;
  if (url) load(frame, url);
  else keepOnly(frame, null);
}

/** The old picture stays until the new one is there. */
function load(frame, url) {
  const image = new Image();
  image.alt = '';
  image.decoding = 'async';
  image.loading = 'lazy';
  image.referrerPolicy = 'no-referrer';
  image.className = 'picture';
  if (frame.image?.isConnected) image.classList.add('at-once');
  image.addEventListener('load', () => {
    image.classList.add('there');
    if (frame.image === image) keepOnly(frame, image);
  });
  image.addEventListener('error', () => {
    image.remove();
    if (frame.image === image) keepOnly(frame, image);
  });
  frame.image = image;
  image.src = url;
  frame.initial.after(image);
}

function keepOnly(frame, image) {
  frame.image = image;
  for (const other of frame.element.querySelectorAll('.picture')) if (other !== image) other.remove();
}

/** @param list a ul; it is made again only where the tags are others */
export function fillTags(list, tags, onTag) {
  const key = JSON.stringify(tags);
  if (key === list.dataset.tags) return;
  list.dataset.tags = key;
  list.hidden = tags.length === 0;
  list.replaceChildren();
  for (const tag of tags) {
    const button = own(make('button', 'tag', make('li', '', list)));
    button.type = 'button';
    button.textContent = tag;
    button.addEventListener('click', () => onTag(tag));
  }
}

export const titleOf = (room) => String(room.title ?? '');
export const hostOf = (room) => String(room.host?.name || room.host?.id || '');
export const startOf = (room) => Date.parse(room.liveAt ?? room.createdAt);

/** 7:05, 1:07:05, 2d 01:07:05 */
export function clockOf(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = two(seconds % 60);
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}:${tail}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

function httpOrNull(address) {
  if (typeof address !== 'string') return null;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

function initialOf(text) {
  const word = text.trim();
  if (!word) return '·';
  return (letters ? letters.segment(word)[Symbol.iterator]().next().value.segment : Array.from(word)[0]).toUpperCase();
}

function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
}

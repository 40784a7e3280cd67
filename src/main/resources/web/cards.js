/**
 * The cards of the rooms. A card is made once for a room and then changed where the room changed, so that covers do not
 * flicker and the focus stays. All text is hostile: it only ever becomes a text node, and an address only becomes an
 * image if it is http.
 */
const HUES = 12;
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat();

export class Cards {
  #grid;
  #onTag;
  #cardById = new Map();

  constructor(grid, onTag) {
    this.#grid = grid;
    this.#onTag = onTag;
  }

  show(rooms) {
    const focused = document.activeElement;
    const first = this.#cardById.size === 0;
    const wanted = new Set(rooms.map((room) => room.id));
    for (const [id, card] of this.#cardById) {
      if (wanted.has(id)) continue;
      card.root.remove();
      this.#cardById.delete(id);
    }
    let place = this.#grid.firstElementChild;
    for (const room of rooms) {
      let card = this.#cardById.get(room.id);
      if (!card) {
        card = makeCard(room.id, this.#onTag);
        if (!first) card.root.classList.add('fresh');
        this.#cardById.set(room.id, card);
      }
      fill(card, room);
      if (card.root === place) place = place.nextElementSibling;
      else this.#grid.insertBefore(card.root, place);
    }
    // An element that is moved loses the focus.
    if (focused !== document.activeElement && this.#grid.contains(focused)) focused.focus({ preventScroll: true });
    this.tick();
  }

  /** The time on air goes on between two answers. */
  tick() {
    const now = Date.now();
    for (const card of this.#cardById.values()) {
      if (Number.isFinite(card.liveAt)) write(card.clock, onAir(now - card.liveAt));
    }
  }

  cardAt(index) {
    return this.#grid.children[index]?.firstElementChild;
  }
}

function makeCard(id, onTag) {
  const root = make('li', 'room');
  const article = make('article', 'card', root);
  article.tabIndex = -1;
  const cover = make('div', 'cover hue' + (hash(id) % HUES), article);
  const initial = make('span', 'initial', cover);
  initial.setAttribute('aria-hidden', 'true');
  const badge = make('p', 'badge', cover);
  make('span', 'live', badge).textContent = 'Live';
  const clock = make('time', 'clock', badge);
  const watching = make('p', 'watching', cover);
  const words = make('div', 'words', article);
  const face = make('span', 'face hue' + (hash(id + 'face') % HUES), words);
  face.setAttribute('aria-hidden', 'true');
  const faceInitial = make('span', '', face);
  const text = make('div', 'text', words);
  const title = own(make('h3', 'title', text));
  const host = own(make('p', 'host', text));
  const extra = make('p', 'extra', text);
  const where = own(make('span', 'where', extra));
  const likes = make('span', 'likes', extra);
  const tags = make('ul', 'tags', text);
  tags.setAttribute('aria-label', 'Tags');
  title.id = 'title-' + id;
  article.setAttribute('aria-labelledby', title.id);
  return {
    root,
    cover,
    initial,
    clock,
    watching,
    face,
    faceInitial,
    title,
    host,
    extra,
    where,
    likes,
    tags,
    tagKey: '',
    onTag,
  };
}

function fill(card, room) {
  const title = String(room.title ?? '');
  const name = String(room.host?.name || room.host?.id || '');
  write(card.title, title);
  card.title.title = title;
  write(card.initial, initialOf(title));
  write(card.host, name);
  write(card.faceInitial, initialOf(name));
  write(card.where, room.location ?? '');
  picture(card, 'cover', room.coverUrl);
  picture(card, 'face', room.host?.avatarUrl);
  count(card.watching, room.viewers, 'watching');
  count(card.likes, room.likes, 'likes');
  card.where.hidden = !room.location;
  card.extra.hidden = card.where.hidden && card.likes.hidden;
  card.liveAt = Date.parse(room.liveAt ?? room.createdAt);
  if (Number.isFinite(card.liveAt)) card.clock.dateTime = new Date(card.liveAt).toISOString();
  fillTags(card, room.tags ?? []);
}

function fillTags(card, tags) {
  const key = JSON.stringify(tags);
  if (key === card.tagKey) return;
  card.tagKey = key;
  card.tags.replaceChildren();
  card.tags.hidden = tags.length === 0;
  for (const tag of tags) {
    const button = own(make('button', 'tag', make('li', '', card.tags)));
    button.type = 'button';
    button.textContent = tag;
    button.addEventListener('click', () => card.onTag(tag));
  }
}

/** A counter of which the server knows nothing yet is not shown. */
function count(element, value, noun) {
  const number = Number(value) || 0;
  element.hidden = number <= 0;
  write(element, compact.format(number) + ' ' + noun);
  element.title = whole.format(number) + ' ' + noun;
}

/** The old picture stays until the new one is there; below is a gradient, for none and for a broken one. */
function picture(card, place, address) {
  const url = httpOrNull(address);
  const state = (card[place + 'Picture'] ??= { url: null, image: null });
  if (state.url === url) return;
  state.url = url;
  if (!url) {
    for (const other of card[place].querySelectorAll('.picture')) other.remove();
    state.image = null;
    return;
  }
  const image = new Image();
  image.alt = '';
  image.decoding = 'async';
  image.loading = 'lazy';
  image.referrerPolicy = 'no-referrer';
  image.className = 'picture';
  if (state.image?.isConnected) image.classList.add('at-once');
  const alone = () => {
    for (const other of card[place].querySelectorAll('.picture')) if (other !== state.image) other.remove();
  };
  image.addEventListener('load', () => {
    image.classList.add('there');
    if (state.image === image) alone();
  });
  image.addEventListener('error', () => {
    image.remove();
    if (state.image === image) alone();
  });
  state.image = image;
  image.src = url;
  card[place].firstElementChild.after(image);
}

export function httpOrNull(address) {
  if (typeof address !== 'string') return null;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

function onAir(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const clock = two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  if (days > 0) return days + 'd ' + two(hours) + ':' + clock;
  return hours > 0 ? hours + ':' + clock : clock;
}

const letters = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

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

function make(name, className, parent) {
  const element = document.createElement(name);
  if (className) element.className = className;
  parent?.append(element);
  return element;
}

/** A user's words go in their own direction, and cannot turn those around them. */
function own(element) {
  element.dir = 'auto';
  return element;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

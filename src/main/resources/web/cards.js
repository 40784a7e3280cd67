/**
 * The cards of the rooms. A card is made once for a room and then changed where the room changed, so that covers do not
 * flicker and the focus stays.
 */
import {
  clockOf,
  compact,
  fillTags,
  hostOf,
  make,
  makeFrame,
  own,
  paint,
  startOf,
  titleOf,
  whole,
  write,
} from './look.js';
import { arrive, fade, Glide, run } from './motion.js';

export class Cards {
  #grid;
  #onTag;
  #cardById = new Map();
  #order = '';

  constructor(grid, onTag) {
    this.#grid = grid;
    this.#onTag = onTag;
  }

  /** @param isOther the rooms are of another view than before: they do not come and go, they are simply there */
  show(rooms, isOther) {
    const order = String(rooms.map((room) => room.id));
    const isSeen = !isOther && order !== this.#order && this.#grid.offsetParent !== null;
    this.#order = order;
    const focused = document.activeElement;
    const glide = new Glide(isSeen ? [...this.#cardById.values()].map((card) => card.root) : []);
    this.#removeAllBut(new Set(rooms.map((room) => room.id)), isSeen);
    const fresh = this.#place(rooms);
    glide.play();
    if (isSeen) fresh.forEach((card) => arrive(card.root));
    // An element that is moved loses the focus.
    if (focused !== document.activeElement && this.#grid.contains(focused)) focused.focus({ preventScroll: true });
    this.tick();
  }

  /** The time on air goes on by itself. */
  tick() {
    const now = Date.now();
    for (const card of this.#cardById.values()) {
      if (Number.isFinite(card.startedAt)) write(card.clock, clockOf(now - card.startedAt));
    }
  }

  cardAt(index) {
    return this.#grid.children[index]?.querySelector('a');
  }

  coverOf(id) {
    return this.#cardById.get(id)?.cover.element;
  }

  #removeAllBut(ids, isSeen) {
    const gone = [...this.#cardById].filter(([id]) => !ids.has(id));
    for (const [id] of gone) this.#cardById.delete(id);
    const roots = gone.map(([, card]) => card.root);
    if (isSeen) fade(roots);
    else roots.forEach((root) => root.remove());
  }

  #place(rooms) {
    const fresh = [];
    let place = this.#grid.firstElementChild;
    for (const room of rooms) {
      let card = this.#cardById.get(room.id);
      if (!card) {
        card = makeCard(room.id);
        this.#cardById.set(room.id, card);
        fresh.push(card);
      }
      if (card.room !== room) this.#fill(card, room);
      if (card.root === place) place = place.nextElementSibling;
      else this.#grid.insertBefore(card.root, place);
    }
    return fresh;
  }

  #fill(card, room) {
    card.room = room;
    const title = titleOf(room);
    const host = hostOf(room);
    write(card.title, title);
    card.title.title = title;
    write(card.host, host);
    paint(card.cover, room.id, title, room.coverUrl);
    paint(card.face, room.id + 'face', host, room.host?.avatarUrl);
    write(card.where, room.location ?? '');
    count(card.watching, room.viewers, () => 'watching');
    count(card.likes, room.likes, (n) => (n === 1 ? 'like' : 'likes'));
    card.where.hidden = !room.location;
    card.extra.hidden = card.where.hidden && card.likes.hidden;
    card.startedAt = startOf(room);
    if (Number.isFinite(card.startedAt)) card.clock.dateTime = new Date(card.startedAt).toISOString();
    fillTags(card.tags, room.tags ?? [], this.#onTag);
  }
}

function makeCard(id) {
  const root = make('li', 'room');
  const article = make('article', 'card', root);
  const cover = make('div', 'cover', article);
  const badge = make('p', 'badge', cover);
  make('span', 'live', badge).textContent = 'Live';
  const clock = make('time', 'clock', badge);
  const watching = make('p', 'watching', cover);
  const words = make('div', 'words', article);
  const face = make('span', 'face', words);
  face.setAttribute('aria-hidden', 'true');
  const text = make('div', 'text', words);
  const title = own(make('a', 'open', own(make('h3', 'title', text))));
  title.href = '/?room=' + encodeURIComponent(id);
  title.dataset.room = id;
  title.id = 'title-' + id;
  article.setAttribute('aria-labelledby', title.id);
  const host = own(make('p', 'host', text));
  const extra = make('p', 'extra', text);
  const where = own(make('span', 'where', extra));
  const likes = make('span', 'likes', extra);
  const tags = make('ul', 'tags', text);
  tags.setAttribute('aria-label', 'Tags');
  return {
    root,
    cover: makeFrame(cover),
    face: makeFrame(face),
    clock,
    watching,
    title,
    host,
    extra,
    where,
    likes,
    tags,
  };
}

/** A counter of which the server knows nothing yet is not shown. */
function count(element, value, nounOf) {
  const number = Number(value) || 0;
  element.hidden = number <= 0;
  element.title = `${whole.format(number)} ${nounOf(number)}`;
  run(element, number, (n) => `${compact.format(n)} ${nounOf(n)}`);
}

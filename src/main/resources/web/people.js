/** Who is in a room: the faces of those who came last, and a passing line for who comes and goes. */
import { make, makeFrame, own, paint, whole, write } from './look.js';
import { arrive, isStill } from './motion.js';

const [MANY, FEW] = [12, 8];
const LINES = 3;
const GATHER_MS = 900;
const LINE_MS = 4500;
const FADE_MS = 500;
const [ASK_EVERY_MS, ASK_AGAIN_MS] = [5000, 1500];
const TIMEOUT_MS = 8000;
const narrow = matchMedia('(max-width: 40rem)');

export class People {
  #part;
  #room = null;
  #self = null;
  #users = []; // the others
  #viewers = 0;
  #faceById = new Map();
  #news = { joined: [], left: [] };
  #timer = { ask: 0, gather: 0 };
  #askedAt = 0;

  /** @param part {people, faces, more, self, comings} */
  constructor(part, live) {
    this.#part = part;
    live.on('joined', ({ room, users }) => room === this.#room && this.#joined(users));
    live.on('left', ({ room, users }) => room === this.#room && this.#left(users));
    narrow.addEventListener('change', () => this.#show());
  }

  open(room) {
    this.close();
    this.#room = room;
    this.#askedAt = 0;
    this.#askSoon(0);
  }

  close() {
    this.#room = null;
    this.#self = null;
    this.#users = [];
    this.#viewers = 0;
    for (const name of Object.keys(this.#timer)) this.#stop(name);
    this.#news = { joined: [], left: [] };
    this.#part.comings.replaceChildren();
    this.#show();
  }

  /** @param self {userId, name} of the visitor, who is a viewer now; he stands in front */
  welcome({ userId, name }) {
    this.#self = { id: userId, name };
    this.#become(this.#users);
  }

  count(viewers) {
    this.#viewers = viewers;
    this.#show();
    // Not all who come and go are named; in a small room that shows.
    if (this.#all().length !== Math.min(MANY, viewers)) this.#askSoon(ASK_AGAIN_MS * (1 + Math.random()));
  }

  #joined(users) {
    this.#become([...users].reverse().concat(this.#users));
    this.#note('joined', users);
  }

  #left(users) {
    const gone = new Set(users.map(({ id }) => id));
    this.#become(this.#users.filter(({ id }) => !gone.has(id)));
    this.#note('left', users);
  }

  #become(users) {
    const isFirst = (user, i) => users.findIndex(({ id }) => id === user.id) === i;
    const isOther = ({ id }) => id !== this.#self?.id;
    this.#users = users.filter(isFirst).filter(isOther).slice(0, MANY);
    this.#show();
  }

  #all() {
    return [...(this.#self ? [this.#self] : []), ...this.#users].slice(0, MANY);
  }

  #show() {
    const { people, more, self } = this.#part;
    const shown = this.#all().slice(0, narrow.matches ? FEW : MANY);
    people.hidden = !this.#room || shown.length === 0;
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, face] of this.#faceById) {
      if (ids.has(id)) continue;
      face.root.remove();
      this.#faceById.delete(id);
    }
    shown.forEach((user, i) => this.#place(user, i));
    const rest = this.#viewers - shown.length;
    more.hidden = rest <= 0;
    write(more, `+${whole.format(rest)} more`);
    self.hidden = !this.#self;
    write(self.lastElementChild, this.#self?.name ?? '');
  }

  #place(user, i) {
    const { faces } = this.#part;
    let face = this.#faceById.get(user.id);
    const isNew = !face;
    if (isNew) this.#faceById.set(user.id, (face = makeFace(user)));
    face.root.classList.toggle('me', user === this.#self);
    if (faces.children[i] !== face.root) faces.insertBefore(face.root, faces.children[i] ?? null);
    if (isNew) arrive(face.root);
  }

  #note(kind, users) {
    this.#news[kind].push(...users);
    this.#timer.gather ||= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** Who came and left within a breath did neither. */
  #tell() {
    this.#timer.gather = 0;
    const { joined, left } = this.#news;
    this.#news = { joined: [], left: [] };
    const isIn = (users, id) => users.some((user) => user.id === id);
    const without = (users, others) => users.filter(({ id }) => id !== this.#self?.id && !isIn(others, id));
    this.#line(without(left, joined), 'left');
    this.#line(without(joined, left), 'came in');
  }

  #line(users, did) {
    if (users.length === 0 || document.hidden) return;
    const { comings } = this.#part;
    const line = make('li', '', comings);
    own(make('bdi', '', line)).textContent = nameOf(users[0]);
    if (users.length === 2) {
      line.append(' and ');
      own(make('bdi', '', line)).textContent = nameOf(users[1]);
    }
    const others = users.length > 2 ? ` and ${whole.format(users.length - 1)} others` : '';
    make('span', '', line).textContent = `${others} ${did}`;
    arrive(line);
    while (comings.childElementCount > LINES) comings.firstElementChild.remove();
    setTimeout(() => leave(line), LINE_MS);
  }

  #askSoon(ms) {
    const inMs = Math.max(ms, this.#askedAt + ASK_EVERY_MS - Date.now());
    this.#timer.ask ||= setTimeout(() => this.#ask(), inMs);
  }

  async #ask() {
    this.#timer.ask = 0;
    this.#askedAt = Date.now();
    const room = this.#room;
    const users = await askViewers(room);
    if (users && room === this.#room) this.#become(users);
  }

  #stop(name) {
    clearTimeout(this.#timer[name]);
    this.#timer[name] = 0;
  }
}

const nameOf = (user) => String(user.name || user.id);

function makeFace(user) {
  const root = make('li');
  const name = nameOf(user);
  const frame = makeFrame(make('span', 'face', root));
  frame.element.setAttribute('aria-hidden', 'true');
  paint(frame, user.id + 'face', name, user.avatarUrl);
  root.title = name;
  own(make('span', 'unseen', root)).textContent = name;
  return { root };
}

function leave(line) {
  if (!line.isConnected) return;
  const remove = () => line.remove();
  if (isStill()) return remove();
  line.animate({ opacity: [1, 0] }, { duration: FADE_MS, fill: 'forwards' }).finished.then(remove, remove);
}

async function askViewers(room) {
  try {
    const answer = await fetch(`/v1/rooms/${encodeURIComponent(room)}/viewers?limit=${MANY}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      credentials: 'omit',
    });
    return answer.ok ? (await answer.json()).viewers : null;
  } catch {
    return null;
  }
}

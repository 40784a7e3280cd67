/**
 * The like button of a room. What was tapped is shown at once, and taken back where it was not counted. What others like is
 * read off the counter.
 */
import { Hearts, makeHeart } from './hearts.js';
import { compact, make, whole, write } from './look.js';
import { beat, run } from './motion.js';

const LIKE = 'Like';
const [OWN_MOST, OTHERS_MOST] = [40, 24];
const OTHERS_AT_ONCE = 8;
const COUNT_EVERY_MS = 500;
const [EDGE, SPREAD] = [56, 26];
/** What the button says where it cannot be used, and for how long; for ever is until something else is heard. */
const RESTS = { says: 'Much love! Resting a moment…', ms: 3000 };
const UNCOUNTED = { says: 'Likes are not counted now', ms: 6000 };
const UNCOUNTED_YET = { says: UNCOUNTED.says, ms: 0 };
const OFFLINE = { says: 'Likes wait for the connection', ms: 3000 };
const UNPROVEN = { says: 'Sign in with the app to like', ms: 6000 };
const BARRED = { says: UNPROVEN.says, ms: 0 };
const NOT_ON_AIR = { says: 'Likes wait for the picture', ms: 0 };
const RESTS_BY_CODE = { RATE_LIMITED: RESTS, ROOM_NOT_LIVE: NOT_ON_AIR, TOKEN_MISSING: UNPROVEN };

export class Likes {
  #part;
  #live;
  #visitor;
  #say;
  #label;
  #own;
  #others;
  #room = null;
  #told = NaN;
  #hoped = 0; // what the counter will be once all that was tapped is counted
  #isViewer = false;
  #rest = null;
  #timer = 0;

  /** @param part {like, likeButton, likes, hearts, others}; @param say to those who do not see the button */
  constructor(part, live, visitor, say) {
    this.#part = part;
    this.#live = live;
    this.#visitor = visitor;
    this.#say = say;
    this.#own = new Hearts(part.hearts, OWN_MOST);
    this.#others = new Hearts(part.others, OTHERS_MOST);
    part.likeButton.append(makeHeart());
    this.#label = make('span', '', part.likeButton);
    this.#become(null);
    part.likeButton.addEventListener('click', (event) => this.#tap(event));
    // A key that is held down is one tap.
    part.likeButton.addEventListener('keydown', (event) => event.repeat && event.preventDefault());
    live.on('error', ({ room, retry, code }) => {
      const isTrouble = room === this.#room && retry && code !== 'RATE_LIMITED';
      if (isTrouble && !this.#rest) this.#become(this.#isViewer ? UNCOUNTED : UNCOUNTED_YET);
    });
  }

  open(room) {
    this.close();
    this.#room = room;
    this.#told = NaN;
    this.#hoped = 0;
    this.#isViewer = false;
    delete this.#part.likes.dataset.value;
  }

  close() {
    this.#room = null;
    this.#own.clear();
    this.#others.clear();
    this.#become(null);
  }

  /** @param state of the room */
  follow(state) {
    this.#part.like.hidden = !['live', 'interrupted'].includes(state);
    if (state === 'interrupted') this.#become(NOT_ON_AIR);
    else if (this.#rest === NOT_ON_AIR) this.#become(null);
  }

  /** @param refused why the visitor is not a viewer, if he is not */
  learn(refused) {
    this.#isViewer = !refused;
    if (!refused && this.#rest !== RESTS && this.#rest !== NOT_ON_AIR) this.#become(null);
    if (refused?.code === 'TOKEN_MISSING') this.#become(refused.retry ? UNPROVEN : BARRED);
  }

  /** What the server counts. */
  count(likes) {
    const grown = likes - this.#told;
    const own = Math.max(0, Math.min(grown, this.#hoped - this.#told));
    this.#told = likes;
    if (grown > 0) this.#flurry(grown - own);
    if (grown > 0 && this.#rest?.says === UNCOUNTED.says) this.#become(null);
    this.#show();
  }

  /** The more like it the more hearts, but ten times as many likes are only two hearts more. */
  #flurry(others) {
    const { clientWidth: width } = this.#part.others;
    const n = Math.min(OTHERS_AT_ONCE, others, Math.ceil(2 + 2 * Math.log10(Math.max(1, others))));
    if (n > 0 && width > 0) this.#others.fly(n, { x: width - EDGE, spread: SPREAD }, COUNT_EVERY_MS);
  }

  #tap({ detail, clientX }) {
    if (this.#rest) return;
    const { likeButton: button } = this.#part;
    const box = button.getBoundingClientRect();
    // A key has no place: then it is the middle.
    this.#own.fly(1, { x: detail > 0 ? clientX - box.left : box.width / 2, spread: 6 });
    beat(button.firstElementChild);
    this.#hoped = Math.max(this.#hoped, this.#told || 0) + 1;
    this.#show();
    this.#give(this.#room);
  }

  async #give(room) {
    const refused = await this.#like(room).then(
      () => null,
      (why) => why,
    );
    if (!refused || room !== this.#room) return;
    this.#hoped--;
    this.#show();
    if (refused.code === 'ROOM_CLOSED') return;
    const isOffline = this.#live.state.name !== 'live';
    this.#become(isOffline ? OFFLINE : (RESTS_BY_CODE[refused.code] ?? UNCOUNTED));
  }

  async #like(room) {
    try {
      return await this.#live.like(room);
    } catch (refused) {
      const isUnknown = refused.code === 'TOKEN_MISSING' && (await this.#visitor.prove());
      if (!isUnknown) throw refused;
      return this.#live.like(room);
    }
  }

  #show() {
    run(this.#part.likes, Math.max(this.#told || 0, this.#hoped), inFull);
  }

  /** It is never taken from the keyboard: who has the focus keeps it. */
  #become(rest) {
    const isNew = rest !== this.#rest;
    clearTimeout(this.#timer);
    if (rest?.ms) this.#timer = setTimeout(() => this.#become(null), rest.ms);
    this.#rest = rest;
    write(this.#label, rest?.says ?? LIKE);
    this.#part.likeButton.setAttribute('aria-disabled', String(Boolean(rest)));
    if (rest && isNew) this.#say(rest.says);
  }
}

/** To the last one, as long as that can be read. */
export const inFull = (number) => (number < 1e6 ? whole : compact).format(number);

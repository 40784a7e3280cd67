/** The visitor in a room: he becomes a viewer of it as the guest of this browser, where that can be. */
const AGAIN_MS = 5000;
const UNKNOWN = { code: 'TOKEN_MISSING' };

export class Visitor {
  #live;
  #guest;
  #onTold;
  #room = null;
  #isIn = false;
  #isTrying = false;
  #triedAt = 0;
  #timer = 0;

  /** @param onTold hears {code, retry} of why he is not in, or null once he is */
  constructor(live, guest, onTold) {
    this.#live = live;
    this.#guest = guest;
    this.#onTold = onTold;
    live.on('state', ({ name }) => name === 'live' && this.#try());
    live.on('error', ({ room, code }) => room === this.#room && code === UNKNOWN.code && this.#lost());
  }

  come(room) {
    if (this.#room === room) return;
    this.go();
    this.#room = room;
    if (this.#live.state.name === 'live') this.#try();
  }

  go() {
    if (this.#room) this.#live.leave(this.#room);
    clearTimeout(this.#timer);
    this.#room = null;
    this.#isIn = this.#isTrying = false;
  }

  /** @returns whether the server knows who he is */
  async prove() {
    if (!(await this.#guest.session())) return false;
    await this.#live.renew();
    return true;
  }

  /** The server does not know him any more: he came back while there was no token to be had. */
  #lost() {
    this.#isIn = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#try(), Math.max(0, this.#triedAt + AGAIN_MS - Date.now()));
  }

  async #try() {
    const room = this.#room;
    if (!room || this.#isIn || this.#isTrying) return;
    this.#isTrying = true;
    this.#triedAt = Date.now();
    const refused = await this.#enter(room).catch((why) => why);
    if (room !== this.#room) return;
    this.#isTrying = false;
    this.#isIn = !refused;
    // Whether another try makes sense the guest knows best.
    this.#onTold(refused?.code === UNKNOWN.code ? { ...UNKNOWN, retry: !this.#guest.isBarred } : refused);
  }

  async #enter(room) {
    if (!(await this.prove())) return UNKNOWN;
    if (room !== this.#room) return { code: 'LEFT' };
    await this.#live.enter(room, { name: this.#guest.self?.name });
    return null;
  }
}

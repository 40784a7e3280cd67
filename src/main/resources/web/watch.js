/** The rooms that are watched without a view of them: told to the server when they change, and not too often. */
const MOST = 100;
const EVERY_MS = 1000;

export class Watch {
  #send;
  #ids = [];
  #sent = '[]';
  #timer = 0;

  /** @param send takes a frame, and tells whether it went out */
  constructor(send) {
    this.#send = send;
  }

  set(ids) {
    this.#ids = [...new Set(ids)].slice(0, MOST);
    if (!this.#timer) this.#tell();
  }

  /** A new socket watches nothing yet. */
  again() {
    this.#sent = '[]';
    this.#tell();
  }

  #tell() {
    const text = JSON.stringify(this.#ids);
    if (text === this.#sent || !this.#send({ t: 'watch', rooms: this.#ids })) return;
    this.#sent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#tell();
    }, EVERY_MS);
  }
}

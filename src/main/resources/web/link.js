/** One socket to the server. It tells each frame, and once that it is over; too long a silence is an end too. */
const WELCOME_WITHIN_MS = 10000;
const QUIET_MS = 20000;
const LOOK_EVERY_MS = 2500;

export class Link {
  wasWelcome = false;
  #socket;
  #onEnd;
  #timer;
  #openedAt = Date.now();
  #heardAt = Date.now();
  #pingedAt = 0;

  constructor(url, token, onFrame, onEnd) {
    this.#onEnd = onEnd;
    this.#socket = new WebSocket(url, 'livehall.v1');
    this.#socket.onopen = () => this.send({ t: 'hello', token });
    this.#socket.onclose = ({ code }) => this.end(code);
    this.#socket.onmessage = ({ data }) => {
      this.#heardAt = Date.now();
      this.#pingedAt = 0;
      onFrame(this, JSON.parse(data));
    };
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  get ageMs() {
    return Date.now() - this.#openedAt;
  }

  /** @returns whether it went out */
  send(frame) {
    const isOpen = this.#socket.readyState === WebSocket.OPEN;
    if (isOpen) this.#socket.send(JSON.stringify(frame));
    return isOpen;
  }

  ping() {
    this.#pingedAt ||= Date.now();
    this.send({ t: 'ping' });
  }

  /** A network that is gone can take minutes to say so: the socket is left behind, not waited for. */
  end(code = 1000) {
    clearInterval(this.#timer);
    const { onclose } = this.#socket;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    if (onclose) this.#onEnd(this, code);
  }

  /** After a sleep of the machine all times are long past; so it is the unanswered ping that counts. */
  #look() {
    if (!this.wasWelcome && this.ageMs > WELCOME_WITHIN_MS) this.end(1006);
    else if (this.#pingedAt && Date.now() - this.#pingedAt > QUIET_MS) this.end(1006);
    else if (!this.#pingedAt && Date.now() - this.#heardAt > QUIET_MS) this.ping();
  }
}

/** What it takes to connect: where, and as whom. */
const TIMEOUT_MS = 8000;
const TIMER_MAX_MS = 2 ** 31 - 1;
/** A token is renewed when so much of its life is over. */
const RENEW_AT = 0.8;

export class Access {
  #url;
  #configUrl;
  #tell;
  #onDue;
  #timer = 0;

  /** @param onDue called when it is time for another token */
  constructor({ url, configUrl = '/v1/config', token }, onDue) {
    this.#url = url;
    this.#configUrl = url ? null : configUrl;
    this.#tell = token;
    this.#onDue = onDue;
  }

  get hasTokens() {
    return Boolean(this.#tell);
  }

  async address() {
    if (!this.#configUrl) return this.#url;
    try {
      const answer = await fetch(this.#configUrl, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
      this.#url = (await answer.json()).pushUrl ?? this.#url;
    } catch {
      // The last address may still be good, while the server that tells it is not.
    }
    if (!this.#url) throw new Error('No push address');
    return this.#url;
  }

  async token() {
    const told = await this.#tell?.();
    const { token, expiresInSeconds } = typeof told === 'object' && told ? told : { token: told };
    this.stop();
    const dueMs = Math.min(TIMER_MAX_MS, RENEW_AT * 1000 * expiresInSeconds);
    if (dueMs > 0) this.#timer = setTimeout(this.#onDue, dueMs);
    return token ?? undefined;
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

/**
 * The visitor's account in this browser: made without a word once it is needed, and then kept for all tabs. It is worth no
 * more than any account that one can make, so the browser's storage is safe enough; its secrets go nowhere else.
 */
const KEY = 'livehall.guest';
const TIMEOUT_MS = 8000;
/** A token with less of its life left is not handed out any more. */
const SPARE = 0.25;
const STRIKES = 2;
const NAMES = [
  'Amber Azure Brave Calm Coral Gentle Golden Ivory Jade Lucky Merry Misty Quiet Rosy Silver Sunny'.split(' '),
  'Crane Crow Dove Finch Gull Heron Ibis Kite Lark Linnet Magpie Oriole Raven Robin Swift Wren'.split(' '),
];

export class Guest {
  /** Until then nobody is asked for anything. */
  isWanted = false;
  /** There can be none on this server. */
  isBarred = false;
  #strikes = 0;
  #kept = null;
  #asked = null;

  /** {userId, name}, or null as long as there is none */
  get self() {
    return this.#read();
  }

  /** @returns {token, expiresInSeconds}, or null where there can be none now */
  session() {
    this.isWanted = true;
    if (this.isBarred) return Promise.resolve(null);
    this.#asked ??= alone(() => this.#find())
      .catch(() => null)
      .finally(() => (this.#asked = null));
    return this.#asked;
  }

  /** The server did not take the token. @returns whether it is worth coming again: with another one, or in the end with none */
  wasRefused() {
    const wasGuest = this.isWanted && !this.isBarred;
    const { userId, password, name } = this.#read() ?? {};
    if (wasGuest && userId) this.#keep({ userId, password, name });
    if (wasGuest) this.isBarred = ++this.#strikes >= STRIKES;
    return wasGuest;
  }

  /** A refresh token is good for one use. If another tab was quicker, or the session is over, there is the password. */
  async #find() {
    const kept = this.#read();
    if (isFresh(kept)) return sessionOf(kept);
    const ways = [
      kept?.refreshToken && (() => post('/v1/sessions/refresh', { refreshToken: kept.refreshToken })),
      kept && (() => signIn(kept)),
      () => this.#signUp(kept ?? someone()),
    ];
    for (const way of ways.filter(Boolean)) {
      const { status, told } = await way();
      if (status === 200) return sessionOf(this.#keep(withSession(this.#read(), told)));
      // Without accounts of its own this server has no guests.
      if (status === 404) this.isBarred = true;
      if (status === 409) this.#keep(null);
      if (status !== 401) return null;
    }
    return null;
  }

  async #signUp(guest) {
    const { userId, password, name } = guest;
    const answer = await post('/v1/accounts', { userId, password });
    if (answer.status !== 201) return answer;
    this.#keep({ userId, password, name });
    return signIn(guest);
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? null;
    } catch {
      return this.#kept;
    }
  }

  /** A browser that stores nothing has another guest in each tab. */
  #keep(kept) {
    this.#kept = kept;
    try {
      if (kept) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch {
      // It is kept as long as the page is.
    }
    return kept;
  }
}

/** One tab at a time, where the browser can do that. */
const alone = (work) => (navigator.locks ? navigator.locks.request(KEY, work) : work());

const signIn = ({ userId, password }) => post('/v1/sessions', { userId, password });

const isFresh = (kept) => Boolean(kept?.token) && kept.until - Date.now() > SPARE * kept.lifeMs;

const sessionOf = ({ token, until }) => ({ token, expiresInSeconds: (until - Date.now()) / 1000 });

function withSession({ userId, password, name }, { token, refreshToken, expiresInSeconds }) {
  const lifeMs = 1000 * expiresInSeconds;
  return { userId, password, name, token, refreshToken, lifeMs, until: Date.now() + lifeMs };
}

function someone() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const name = NAMES.map((names, i) => names[bytes[i] % names.length]).join(' ');
  return { userId: 'guest-' + hex.slice(4, 24), password: hex.slice(24), name };
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    credentials: 'omit',
    cache: 'no-store',
  });
  return { status: answer.status, told: answer.ok ? await answer.json() : null };
}

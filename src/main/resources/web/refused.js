/** Why something was not done: `code` is one of the server's, and `retry` says whether the same may go well later. */
export class Refused extends Error {
  name = 'Refused';

  constructor({ code, message = code, retry = false }) {
    super(message);
    Object.assign(this, { code, retry });
  }
}

export const AWAY = { code: 'UNAVAILABLE', message: 'There is no connection.', retry: true };
export const TOO_MANY = { code: 'RATE_LIMITED', message: 'Too many likes at once.', retry: true };
export const TOO_LATE = { code: 'TIMEOUT', message: 'There was no answer.', retry: true };
export const NO_NUMBER = { code: 'INVALID', message: 'A call gives 1 to 20 likes.' };
export const OVER = { code: 'ROOM_CLOSED', message: 'The room is closed.' };

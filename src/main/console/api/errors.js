/**
 * @typedef {{ field: string, reason: string }} Violation
 * @typedef {{ violations?: Violation[], action?: string, [name: string]: any }} Details
 */

/**
 * The value of an answer. One that breaks off on its way is as good as none.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function whole(response) {
  try {
    return await response.json();
  } catch {
    throw ApiError.unreachable();
  }
}

/** A refusal of the service, or no answer at all: status 0. */
export class ApiError extends Error {
  /**
   * @param {{ status: number, code: string, message: string, details?: Details, requestId?: string | null,
   *   retryAfter?: number | null }} refusal
   */
  constructor({ status, code, message, details = {}, requestId = null, retryAfter = null }) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  /** @param {Response} response */
  static async of(response) {
    const requestId = response.headers.get('X-Request-Id');
    const retryAfter = Number(response.headers.get('Retry-After')) || null;
    try {
      const { error } = await response.json();
      return new ApiError({ status: response.status, ...error, requestId, retryAfter });
    } catch {
      return new ApiError({
        status: response.status,
        code: `HTTP ${response.status}`,
        message: 'Something between here and the service answered.',
        requestId,
        retryAfter,
      });
    }
  }

  static unreachable() {
    return new ApiError({ status: 0, code: 'UNREACHABLE', message: 'The service cannot be reached.' });
  }

  /** A request of one user must not be sent as another one's. */
  static anotherUser() {
    return new ApiError({ status: 401, code: 'ANOTHER_USER', message: 'Somebody else has signed in in this browser. Nothing was done.' });
  }

  /** The violations of single fields: `[{ field, reason }]`. */
  get violations() {
    return this.details.violations ?? [];
  }
}

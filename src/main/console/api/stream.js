// Server-sent events. The browser's own reader sends no access token, so the answer is read here as it comes.
import { ApiError } from './errors.js';
import { resume, token } from './session.js';

/**
 * Hands the data of each event to `take`. Ends when the service ends the stream; fails when it refuses or is gone.
 * @param {string} path
 * @param {(data: any) => void} take
 * @param {AbortSignal} signal
 */
export async function follow(path, take, signal) {
  let response = await open(path, signal);
  if (response.status === 401 && (await resume())) response = await open(path, signal);
  if (!response.ok) throw await ApiError.of(response);
  const body = /** @type {ReadableStream} */ (response.body);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await read(reader);
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) take(JSON.parse(event.slice(event.indexOf('\ndata: ') + 7)));
  }
}

/**
 * @param {string} path
 * @param {AbortSignal} signal
 */
async function open(path, signal) {
  try {
    return await fetch(`/api/v1${path}`, {
      headers: { Authorization: `Bearer ${token()}`, Accept: 'text/event-stream' },
      signal,
    });
  } catch {
    throw ApiError.unreachable();
  }
}

/** @param {ReadableStreamDefaultReader<string>} reader */
async function read(reader) {
  try {
    return await reader.read();
  } catch {
    throw ApiError.unreachable();
  }
}

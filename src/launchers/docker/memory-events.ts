/**
 * Whether a container that has ended ran out of memory. Its engine may hear of that only after the end: then it is no part of
 * what the engine says of the container, and stands in its events alone.
 */
import type Docker from 'dockerode';

/** How long one waits for it after the end, in seconds. */
const patience = 1;

/** Never rejects: without an answer it is not known, and so no. */
export async function ranOutOfMemory(engine: Docker, container: Docker.Container): Promise<boolean> {
  try {
    const now = Math.ceil(Date.now() / 1_000);
    // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
    const events = await engine.getEvents({
      since: 1,
      until: now + patience,
      filters: { container: [container.id], event: ['oom'] },
    });
    // Nothing else gets through the filter.
    for await (const _event of events) return true;
    return false;
  } catch {
    return false;
  }
}

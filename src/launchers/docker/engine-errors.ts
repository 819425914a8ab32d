/** What went wrong between us and a Docker engine, in words with what to do. */
import { CoordError } from '../../core/error.ts';

export function engineRefusal(error: unknown, image: string): CoordError {
  if (error instanceof CoordError) return error;
  return new CoordError(
    'LAUNCH_FAILED',
    `The worker's container could not be started: ${engineTrouble(error, image)}`,
    { image },
    { cause: error },
  );
}

/** A clause, with what to do. */
export function engineTrouble(error: unknown, image: string): string {
  const {
    code,
    statusCode,
    message = String(error),
  } = error as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  return wordsFor(code, statusCode, message, image);
}

function wordsFor(
  code: string | undefined,
  status: number | undefined,
  message: string,
  image: string,
): string {
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return 'no Docker engine answers. Start it, or name it by DOCKER_HOST';
  }
  if (code === 'EACCES') return 'this user may not talk to the Docker engine (its socket refuses)';
  if (status === 404 && /no such image/i.test(message)) {
    return `there is no image ${image}. Make it with: agentcoord worker-image build`;
  }
  return message;
}

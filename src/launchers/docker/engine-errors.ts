/** What went wrong between us and a Docker engine, in words with what to do. */
import { CoordError } from '../../core/error.ts';

export function engineRefusal(error: unknown, image: string): CoordError {
  if (error instanceof CoordError) return error;
  const {
    code,
    statusCode,
    message = String(error),
  } = error as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  const words = wordsFor(code, statusCode, message, image);
  return new CoordError(
    'LAUNCH_FAILED',
    `The worker's container could not be started: ${words}`,
    { image },
    { cause: error },
  );
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

/** Reviews of folders on the host's machine. One reads any folder of its owner's, so nobody else may ask for it. */
import type { ReviewDesk } from '../../contract/reviews.ts';
import { namedReviewSchema, startReviewSchema } from '../../contract/reviews.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { checkInput } from '../bad-input.ts';
import type { Standing } from './standing.ts';

type ReviewCalls = Pick<Coordination, 'reviews' | 'startReview' | 'stopReview'>;

export function reviewCalls(standing: Standing): ReviewCalls {
  return {
    reviews: async () => deskOf(standing, 'look at reviews').list(),

    startReview: async (call) => {
      const desk = deskOf(standing, 'review a folder');
      return desk.start(checkInput('startReview', startReviewSchema, call));
    },

    stopReview: async (call) => {
      const desk = deskOf(standing, 'stop a review');
      return desk.stop(checkInput('stopReview', namedReviewSchema, call).id);
    },
  };
}

function deskOf(standing: Standing, what: string): ReviewDesk {
  standing.requireOwner(what);
  if (standing.host.reviews) return standing.host.reviews;
  throw new CoordError(
    'WRONG_STATE',
    'This host reviews no folders: start it with `agentcoord serve` or the app',
  );
}

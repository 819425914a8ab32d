/** From how far the chart is seen: near, far (only names can be read), or so far that not even they can. */
import { useStore } from '@xyflow/react';

export type Distance = 'near' | 'far' | 'farthest';

export function useDistance(): Distance {
  return useStore(({ transform: [, , zoom] }) => (zoom < 0.2 ? 'farthest' : zoom < 0.5 ? 'far' : 'near'));
}

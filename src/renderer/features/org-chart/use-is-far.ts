/** Whether the chart is seen from so far that only names can be read. */
import { useStore } from '@xyflow/react';

export function useIsFar(): boolean {
  return useStore(({ transform }) => transform[2] < 0.5);
}

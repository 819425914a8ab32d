/** The bytes of an artifact; they never change, so they are asked for once. */
import { useQuery } from '@tanstack/react-query';
import type { ArtifactHash } from '../../core/ids.ts';
import { useCoordination } from '../lib/company-context.tsx';

export interface ArtifactBytes {
  readonly base64: string;
  readonly bytes: Uint8Array;
}

export function useArtifact(hash: ArtifactHash) {
  const coordination = useCoordination();
  return useQuery({
    queryKey: ['artifact', hash],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<ArtifactBytes> => {
      const { base64 } = await coordination().query('artifact', { hash });
      return { base64, bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) };
    },
  });
}

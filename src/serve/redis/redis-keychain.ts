/** The keychain as the password of Redis is kept in it. */
import { systemKeychain } from '../keychain.ts';

export const redisKeychain = systemKeychain(
  'give the host its password in the environment: AGENTCOORD_REDIS_PASSWORD, or inside AGENTCOORD_REDIS_URL',
);

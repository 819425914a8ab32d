/** `agentcoord redis`: where the Redis is that several hosts share, and how this one gets in. */
import type { Command } from 'commander';
import { leastKeepEvents, mostKeepEvents, usualKeepEvents } from '../../contract/redis-settings.ts';
import { anybodyOption } from './redis-options.ts';
import { wholeNumber } from './shared-options.ts';

interface SetFlags {
  readonly ca?: string;
  readonly password: boolean;
  readonly anybodyMayReadIt?: boolean;
  readonly keepEvents?: number;
}

export function addRedisCommand(program: Command): void {
  const redis = program
    .command('redis')
    .description('say where the Redis is that several hosts share, and how this one gets in');
  redis
    .command('show', { isDefault: true })
    .description('where it is, as this data directory knows it, and whether it can be used')
    .action(async (_options: object, command: Command) => {
      const { showRedis } = await import('../redis/show-redis.ts');
      await showRedis(command);
    });
  redis
    .command('set')
    .description(
      'asks for the password without showing it, or reads it from stdin, and puts it into your keychain',
    )
    .argument('<url>', 'without a password: redis://user@host:6379, rediss:// with TLS')
    .option('--ca <file>', 'the certificate of whom to trust, in PEM, when it is an authority of your own')
    .option('--no-password', 'it takes none')
    .addOption(anybodyOption())
    .option(
      '--keep-events <number>',
      `how many events of a company stay in its stream, at least, before older ones are packed (${usualKeepEvents})`,
      wholeNumber(leastKeepEvents, mostKeepEvents),
    )
    .action(async (url: string, { password, anybodyMayReadIt, ...rest }: SetFlags, command: Command) => {
      const { setRedis } = await import('../redis/set-redis.ts');
      const options = { noPassword: !password, anybodyMayReadIt: anybodyMayReadIt ?? false, ...rest };
      await setRedis(url, options, command);
    });
  redis
    .command('forget')
    .description('forget where it is, and take the password out of your keychain')
    .action(async (_options: object, command: Command) => {
      const { forgetRedis } = await import('../redis/set-redis.ts');
      await forgetRedis(command);
    });
}

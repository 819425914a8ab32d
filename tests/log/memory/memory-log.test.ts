/** The log in memory keeps the contract. */
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { eventLogContract } from '../event-log-contract.ts';

eventLogContract('memory', async () => ({
  open: async () => new MemoryEventLog(),
  persistent: false,
  remove: async () => {},
}));

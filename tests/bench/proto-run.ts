import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openInProcess } from './stations/agentcoord-in-process.ts';
const folder = await mkdtemp(path.join(tmpdir(), 'proto-'));
const station = await openInProcess(32, { folder, redisPort: 0 });
await station.run(400);
for (let n = 0; n < Number(process.env['ROUNDS'] ?? 6); n += 1) {
  const cpu = process.cpuUsage();
  const t = Number(process.env['TASKS'] ?? 40000);
  const { addMs, workMs } = await station.run(t);
  const { user, system } = process.cpuUsage(cpu);
  console.log(process.env['PROTO'] ?? '-', Math.round((t / (addMs + workMs)) * 1000), 'tasks/s; add', Math.round(addMs), 'work', Math.round(workMs), 'cpu µs/task', ((user + system) / t).toFixed(1));
}
await station.close();
await rm(folder, { recursive: true });

/** The company talks where people are: to everybody, to one channel, and in a thread that goes on there. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

// Without a member it is the owner, who sets up channels. What is left out of one that is there stays as it is.
await using owner = await connect();
await owner.setChannel({ name: 'terminal', plugin: 'terminal' });
await owner.setChannel({ name: 'log', plugin: 'file' });

await using lead = await connect({ member: 'backend_em', workingOn: 'the release' });
await using qa = await connect({ member: 'qa_lead', workingOn: 'the validation' });

for (const { name, state, outbox } of await lead.channels()) {
  console.log(`${name}: ${state}, ${outbox} waiting`);
}

// To everybody, in every channel there is.
await lead.broadcast({ title: 'Release 2.0', message: 'The release is out.', priority: 'HIGH' });

// To the channels that are named; what is written in the thread later goes there, too.
const threadId = await lead.postThread({
  title: 'Nightly backtest',
  message: 'It failed at the IV filter. Who looks, @qa_lead?',
  kind: 'ERROR',
  priority: 'URGENT',
  channels: ['terminal', 'log'],
});
await qa.reply(threadId, 'I do.', { kind: 'STATUS' });

// From one member to another: for nobody else, so only a channel that reaches one person alone carries it.
await qa.send('backend_em', 'It was the test data.', { kind: 'SUCCESS' });

/** Members talk: an announcement to everybody, a direct message, a thread with a reply, and an inbox. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

await using lead = await connect({ member: 'backend_em', workingOn: 'the release candidate' });
await using qa = await connect({ member: 'qa_lead', workingOn: 'the validation' });

// To everybody, on the board.
await lead.broadcast({
  title: 'Release candidate',
  message: 'Tests pass: ready for QA.',
  priority: 'NORMAL',
});

// From one member to another.
await lead.send('qa_lead', 'The candidate is ready for your validation.', { kind: 'QUESTION' });

// A thread; `@name` brings it to that member's inbox.
const threadId = await lead.postThread({
  title: 'Config schema review',
  message: 'The schema for the IV filter is proposed: what do you think, @qa_lead?',
  kind: 'QUESTION',
});

for (const { message } of (await qa.inbox({ onlyUnread: true })).messages) {
  console.log(`qa_lead has a ${message.reason}: ${message.text}`);
}

await qa.reply(threadId, 'It can be validated as it is.', { kind: 'SUCCESS' });
await qa.send('backend_em', 'Validated.');

for (const { message } of (await lead.inbox({ onlyUnread: true })).messages) {
  console.log(`backend_em has a ${message.reason}: ${message.text}`);
}

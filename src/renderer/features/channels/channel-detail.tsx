/** One channel: how it is and what waits, then consent, settings, rules, people, and the last words of its plugin. */
import type { ReactNode } from 'react';
import type { ChannelView } from '../../../contract/channels.ts';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { ChannelActs } from './channel-acts.tsx';
import { phases, stateName } from './channel-phase.ts';
import { Consent } from './consent.tsx';
import { LinkedPeople } from './linked-people.tsx';
import { RoutingForm } from './routing-form.tsx';
import { SettingsForm } from './settings-form.tsx';
import { strings } from './strings.ts';
import { useChannelAct, usePlugins } from './use-channels.ts';

export function ChannelDetail({ channel }: { channel: ChannelView }) {
  const { name, displayName, plugin, state, reason, capabilities, log, asksFor } = channel;
  const { data: plugins } = usePlugins();
  const act = useChannelAct();
  const manifest = plugins?.plugins.find(({ manifest: { id } }) => id === plugin)?.manifest;
  return (
    <article className="flex flex-col gap-6 px-6 py-5 max-md:px-4">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-semibold text-lg">{name}</h2>
          <Tag tone={phases[state].tone}>{stateName(channel)}</Tag>
          <span className="text-muted text-xs">{strings.by(displayName)}</span>
          <span className="flex-1" />
          {plugin !== null && <ChannelActs channel={channel} act={act} />}
        </div>
        {plugin === null ? <p className="text-muted">{strings.dashboard}</p> : <Figures channel={channel} />}
        {reason !== '' &&
          (state === 'failed' || state === 'degraded' || (state === 'installed' && !asksFor)) && (
            <Notice tone={state === 'failed' ? 'failure' : 'waiting'}>{reason}</Notice>
          )}
        {act.refusal && <Notice tone="failure">{act.refusal.message}</Notice>}
      </header>
      {asksFor && <Consent channel={channel} asksFor={asksFor} />}
      {manifest && (
        <Section title={strings.settings}>
          <SettingsForm channel={channel} schema={manifest.configSchema} />
        </Section>
      )}
      {plugin !== null && (
        <Section title={strings.routing}>
          <RoutingForm channel={channel} />
        </Section>
      )}
      {plugin !== null && capabilities.includes('inbound') && (
        <Section title={strings.people}>
          <LinkedPeople channel={channel} />
        </Section>
      )}
      {log.length > 0 && (
        <Section title={strings.log}>
          <pre className="max-h-56 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-muted text-xs">
            {log.slice(-50).join('\n')}
          </pre>
        </Section>
      )}
    </article>
  );
}

function Figures({ channel: { outbox, waitingSince, lastSentAt, setAside } }: { channel: ChannelView }) {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      <span>
        <span className="font-mono text-ink">{strings.waiting(outbox)}</span>
        {waitingSince !== null && (
          <>
            , {strings.oldest} <Ago at={waitingSince} />
          </>
        )}
      </span>
      <span>
        {lastSentAt === null ? (
          strings.nothingSent
        ) : (
          <>
            {strings.lastSent} <Ago at={lastSentAt} />
          </>
        )}
      </span>
      {setAside > 0 && <span className="text-failure">{strings.setAside(setAside)}</span>}
    </p>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h3 className="border-line border-b pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

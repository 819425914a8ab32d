/** One plugin: what it is and asks for, and each channel that it carries with how it is and the switch for it. */
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ChannelView } from '../../../contract/channels.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Notice } from '../../design/notice.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { toast } from '../../design/toast.tsx';
import { Toggle } from '../../design/toggle.tsx';
import { useActs } from '../../lib/acts.ts';
import { formatList } from '../../lib/format.ts';
import type { HostAct } from '../../lib/use-host-act.ts';
import { Permissions } from './permissions.tsx';
import { statuses } from './plugin-state.ts';
import { strings } from './strings.ts';
import type { CarryingPlugin } from './use-plugins.ts';
import { usePluginAct } from './use-plugins.ts';

export function PluginDetail({ plugin }: { plugin: CarryingPlugin }) {
  const { manifest, isBuiltIn, signer, channels } = plugin;
  const act = usePluginAct();
  return (
    <article
      aria-label={manifest.displayName}
      className="flex h-full flex-col gap-6 overflow-y-auto px-6 py-5 max-md:px-4"
    >
      <header className="flex flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-semibold text-lg">{manifest.displayName}</h2>
          <span className="font-mono text-muted text-xs">{manifest.version}</span>
          <Tag>{strings.kinds[manifest.kind]}</Tag>
          <span className="text-muted text-xs">
            {[isBuiltIn ? strings.comesWith : strings.yours, manifest.author && strings.by(manifest.author)]
              .filter(Boolean)
              .join(', ')}
          </span>
          <span className="flex-1" />
          {!isBuiltIn && <Remove plugin={plugin} act={act} />}
        </div>
        {manifest.description && <p className="max-w-[70ch] text-muted">{manifest.description}</p>}
        {manifest.homepage && (
          <a
            href={manifest.homepage}
            target="_blank"
            rel="noreferrer"
            className="self-start text-alive text-xs underline underline-offset-2"
          >
            {strings.homepage}
          </a>
        )}
        {!isBuiltIn && channels.length > 0 && (
          <p className="text-faint text-xs">
            {strings.removeFirst(formatList(channels.map(({ name }) => name)))}
          </p>
        )}
        {act.refusal && <Notice tone="failure">{act.refusal.message}</Notice>}
      </header>
      <section className="flex flex-col gap-3" aria-labelledby="carried">
        <h3 id="carried" className="flex items-center border-line border-b pb-1 font-semibold">
          <span className="flex-1">{strings.carries}</span>
        </h3>
        {channels.length === 0 ? (
          <p className="text-muted">{strings.carriesNone}</p>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {channels.map((channel) => (
              <Carried key={channel.name} channel={channel} act={act} />
            ))}
          </ul>
        )}
      </section>
      <section className="flex max-w-3xl flex-col gap-3" aria-labelledby="asks">
        <h3 id="asks" className="border-line border-b pb-1 font-semibold">
          {strings.asks}
        </h3>
        <Permissions manifest={manifest} signer={signer} isBuiltIn={isBuiltIn} />
      </section>
    </article>
  );
}

function Carried({ channel, act }: { channel: ChannelView; act: HostAct }) {
  const { name, state, enabled, reason, asksFor } = channel;
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-surface px-3 py-2">
      <StatusDot status={statuses[state]} live={state === 'ready'} />
      <Link
        href={`/channels/${name}`}
        className="rounded-sm font-medium underline decoration-line-strong underline-offset-2 hover:decoration-alive"
      >
        {name}
      </Link>
      <span
        className={`min-w-0 flex-1 truncate text-xs ${state === 'failed' ? 'text-failure' : 'text-muted'}`}
        title={reason}
      >
        {strings.states[state]}
        {reason !== '' && `: ${reason}`}
        {' · '}
        {asksFor === null ? strings.agreed : strings.needsConsent}
      </span>
      <Toggle
        label={enabled ? strings.on : strings.off}
        ariaLabel={strings.carriedIsOn(name)}
        isOn={enabled}
        onChange={(isOn) => void act.run((host) => host.setChannel({ name, enabled: isOn }))}
      />
    </li>
  );
}

function Remove({ plugin: { manifest, channels }, act }: { plugin: CarryingPlugin; act: HostAct }) {
  const [isAsking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  useActs({ 'plugin.remove': channels.length === 0 && (() => setAsking(true)) });
  const remove = async () => {
    setAsking(false);
    if (!(await act.run((host) => host.removePlugin({ id: manifest.id })))) return;
    toast('alive', strings.removed(manifest.displayName));
    navigate('/plugins');
  };
  return (
    <>
      <Button
        look="danger"
        isDisabled={channels.length > 0}
        isPending={act.pending}
        onPress={() => setAsking(true)}
      >
        {strings.remove}
      </Button>
      <Dialog
        title={strings.removeTitle(manifest.displayName)}
        closeLabel={strings.cancel}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      >
        <div className="flex flex-col gap-4">
          <p>{strings.removeMore}</p>
          <DialogActs leave={strings.cancel} onLeave={() => setAsking(false)}>
            <Button look="danger" onPress={() => void remove()}>
              {strings.remove}
            </Button>
          </DialogActs>
        </div>
      </Dialog>
    </>
  );
}

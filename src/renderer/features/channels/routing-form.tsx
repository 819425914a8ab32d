/** Which of what happens goes to a channel, and when: a row for each category, then quiet hours and the digest. */
import { useState } from 'react';
import type { ChannelView } from '../../../contract/channels.ts';
import type { ChannelRules } from '../../../core/channel/channel-rules.ts';
import type { NoticeCategory } from '../../../core/channel/notice.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import { strings } from './strings.ts';
import { useChannelAct } from './use-channels.ts';

const steps = ['off', 'LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
type Step = (typeof steps)[number];
const upTo = ['none', 'LOW', 'NORMAL', 'HIGH'] as const;

export function RoutingForm({ channel: { name, rules, capabilities } }: { channel: ChannelView }) {
  const [routes, setRoutes] = useState<ChannelRules['routes']>(rules.routes);
  const [from, setFrom] = useState(rules.quiet?.from ?? '');
  const [to, setTo] = useState(rules.quiet?.to ?? '');
  const [gathered, setGathered] = useState<(typeof upTo)[number]>(rules.digest?.upTo ?? 'none');
  const [every, setEvery] = useState(String(rules.digest?.everyMinutes ?? 60));
  const { run, pending, refusal } = useChannelAct();
  const zone = rules.quiet?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Where nobody is reached alone, nothing goes that is meant for one.
  const categories = (Object.keys(strings.categories) as NoticeCategory[]).filter(
    (category) => category !== 'direct' || capabilities.includes('dm'),
  );
  const choose = (category: NoticeCategory, step: Step) => {
    const { [category]: _, ...others } = routes;
    setRoutes(step === 'off' ? others : { ...others, [category]: step });
  };
  const save = async () => {
    const quiet = from === '' && to === '' ? null : { from, to, zone };
    const digest = gathered === 'none' ? null : { upTo: gathered, everyMinutes: Number(every) };
    if (await run((host) => host.setChannel({ name, rules: { routes, quiet, digest } })))
      toast('alive', strings.saved);
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-x-auto">
        <table className="w-full max-w-3xl border-separate border-spacing-0 text-sm">
          <thead>
            <tr className="text-left text-faint text-xs">
              <th className="py-1 pr-3 font-medium">{strings.category}</th>
              <th className="py-1 font-medium">{strings.from}</th>
            </tr>
          </thead>
          <tbody>
            {categories.map((category) => (
              <tr key={category}>
                <th scope="row" className="border-line border-t py-1.5 pr-3 text-left font-normal">
                  {strings.categories[category]}
                </th>
                <td className="border-line border-t py-1.5">
                  <Segmented
                    label={strings.categories[category]}
                    value={routes[category] ?? 'off'}
                    onChange={(step) => choose(category, step)}
                    segments={steps.map((value) => ({ value, label: strings.priorities[value] }))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <fieldset className="flex flex-wrap items-end gap-3">
        <legend className="pb-1 font-medium text-muted text-xs">{strings.quiet}</legend>
        <Field label={strings.quietFrom} value={from} onChange={setFrom} placeholder="22:00" />
        <Field label={strings.quietTo} value={to} onChange={setTo} placeholder="07:00" />
        <p className="max-w-[48ch] pb-1.5 text-faint text-xs">
          {strings.quietMore} {strings.zone(zone)}
        </p>
      </fieldset>
      <fieldset className="flex flex-wrap items-end gap-3">
        <legend className="pb-1 font-medium text-muted text-xs">{strings.digest}</legend>
        <Select
          label={strings.digestUpTo}
          options={upTo.map((value) => ({ value, label: value === 'none' ? strings.noDigest : value }))}
          value={gathered}
          onChange={setGathered}
          className="w-36"
        />
        <Field
          label={strings.digestEvery}
          value={every}
          onChange={setEvery}
          isDisabled={gathered === 'none'}
        />
        <p className="max-w-[48ch] pb-1.5 text-faint text-xs">{strings.digestMore}</p>
      </fieldset>
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <div>
        <Button look="primary" isPending={pending} onPress={() => void save()}>
          {strings.save}
        </Button>
      </div>
    </div>
  );
}

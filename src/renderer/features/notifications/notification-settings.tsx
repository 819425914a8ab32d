/** What the desktop app tells outside of its window, and when not: chosen here, kept and applied by the app. */
import { useState } from 'react';
import type { NotificationSettings } from '../../../contract/notification-settings.ts';
import { notificationCategories } from '../../../contract/notification-settings.ts';
import { isTimeOfDay } from '../../../core/channel/channel-rules.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { toast } from '../../design/toast.tsx';
import { Toggle } from '../../design/toggle.tsx';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { isDesktop } from '../../lib/desktop-port.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';
import type { KeptNotifications } from './use-notification-settings.ts';
import { useNotificationSettings } from './use-notification-settings.ts';

export function CategorySettings() {
  const kept = useNotificationSettings();
  if (!kept.settings) return <NotYet kept={kept} />;
  const { settings, change } = kept;
  return (
    <ul className="flex flex-col gap-1.5">
      {notificationCategories.map((category) => (
        <li key={category}>
          <Toggle
            label={strings.categories[category]}
            isOn={settings.categories[category]}
            onChange={(isOn) =>
              void change({ ...settings, categories: { ...settings.categories, [category]: isOn } })
            }
          />
        </li>
      ))}
    </ul>
  );
}

export function QuietSetting() {
  const kept = useNotificationSettings();
  if (!kept.settings) return <NotYet kept={kept} />;
  const { quiet } = kept.settings;
  return <QuietForm key={JSON.stringify(quiet)} settings={kept.settings} change={kept.change} />;
}

const usual = { from: '22:00', to: '07:00' } as const;

interface QuietFormProps {
  settings: NotificationSettings;
  change: KeptNotifications['change'];
}

function QuietForm({ settings, change }: QuietFormProps) {
  const { quiet } = settings;
  const [from, setFrom] = useState(quiet?.from ?? usual.from);
  const [to, setTo] = useState(quiet?.to ?? usual.to);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isSame = isTimeOfDay(from) && from === to;
  const isReady = isTimeOfDay(from) && isTimeOfDay(to) && !isSame;
  const save = async () => {
    if (await change({ ...settings, quiet: { from, to, zone } })) toast('alive', strings.saved);
  };
  return (
    <div className="flex flex-col gap-3">
      <Toggle
        label={strings.quietOn}
        isOn={quiet !== null}
        onChange={(isOn) => void change({ ...settings, quiet: isOn ? { ...usual, zone } : null })}
      />
      {quiet && (
        <form
          className="flex flex-wrap items-start gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) void save();
          }}
        >
          <Field
            label={strings.from}
            value={from}
            onChange={setFrom}
            error={isTimeOfDay(from) ? null : strings.badTime}
          />
          <Field
            label={strings.to}
            value={to}
            onChange={setTo}
            error={isTimeOfDay(to) ? (isSame ? strings.sameTimes : null) : strings.badTime}
          />
          <Button
            type="submit"
            className="mt-5"
            isDisabled={!isReady || (from === quiet.from && to === quiet.to)}
          >
            {strings.save}
          </Button>
          <p className="mt-6.5 text-faint text-xs">{strings.zone(quiet.zone)}</p>
        </form>
      )}
    </div>
  );
}

export function TryOne() {
  if (!isDesktop()) return <span className="text-faint">{strings.onlyInApp}</span>;
  const show = async () => {
    try {
      const isShown = await callDesktop('tryNotification', {});
      toast(isShown ? 'alive' : 'failure', isShown ? strings.shown : strings.notShown);
    } catch (error) {
      toast('failure', asCoordError(error).message);
    }
  };
  return <Button onPress={() => void show()}>{strings.show}</Button>;
}

function NotYet({ kept: { refusal } }: { kept: KeptNotifications }) {
  if (refusal !== null) return <p className="text-failure">{refusal}</p>;
  return <span className="text-faint">{isDesktop() ? strings.loading : strings.onlyInApp}</span>;
}

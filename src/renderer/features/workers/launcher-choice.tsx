/** What starts the workers: each with why it can't, where it can't. */
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { LauncherView } from '../../../contract/staffing.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';

export interface LauncherChoiceProps {
  launchers: readonly LauncherView[];
  /** A name, or `usual`. */
  value: string;
  /** Stands for: the agent's own, or else that of the host. */
  usual: string;
  onChange: (value: string) => void;
}

export function LauncherChoice({ launchers, value, usual, onChange }: LauncherChoiceProps) {
  const ofHost = launchers.find(({ isUsual }) => isUsual)?.name ?? '';
  const choices = [
    { value: usual, label: strings.usualLauncher(strings.launchers[ofHost] ?? ofHost), because: null },
    ...launchers.map(({ name, because }) => ({
      value: name,
      label: strings.launchers[name] ?? name,
      because,
    })),
  ];
  return (
    <RadioGroup value={value} onChange={onChange} className="flex flex-col gap-1">
      <Label className="font-medium text-muted text-xs">{strings.launcherName}</Label>
      <div className="flex flex-col overflow-hidden rounded-md border border-line">
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            isDisabled={choice.because !== null}
            className="flex gap-2.5 border-line border-b px-3 py-2 transition-colors duration-150 last:border-b-0 data-selected:bg-alive-soft data-hovered:bg-hover"
          >
            {({ isSelected, isDisabled }) => (
              <>
                <StatusDot status={isDisabled ? 'waiting' : isSelected ? 'alive' : 'idle'} className="mt-1" />
                <span className="min-w-0 flex-1">
                  <span className={isDisabled ? 'block text-muted' : 'block'}>{choice.label}</span>
                  {choice.because !== null && (
                    <span className="block break-words text-muted text-xs">
                      {strings.cantNow(choice.because)}
                    </span>
                  )}
                </span>
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

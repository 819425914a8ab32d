/** A button: primary for the one thing to do, quiet for the rest, danger for what hurts. */
import type { ReactNode, Ref } from 'react';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  icon?: IconName;
  /** What it asked for is under way: it keeps the focus and takes no second press. */
  isPending?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

const looks = {
  primary:
    'bg-alive text-on-alive font-semibold data-hovered:brightness-110 data-pressed:brightness-90 border-transparent',
  secondary: 'bg-raised text-ink border-line-strong/60 data-hovered:bg-hover data-pressed:bg-sunken',
  quiet:
    'bg-transparent text-muted border-transparent data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-sunken',
  danger: 'bg-transparent text-failure border-failure/60 data-hovered:bg-failure-soft data-pressed:bg-sunken',
} as const;

const sizes = { normal: 'h-8 px-3', small: 'h-7 px-2 text-xs' } as const;

export function Button({
  look = 'secondary',
  size = 'normal',
  icon,
  isPending = false,
  className,
  children,
  onPress,
  type = 'button',
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(isPending ? { type: 'button' } : { type, ...(onPress && { onPress }) })}
      className={classNames(
        'inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border transition-colors duration-150',
        'data-disabled:opacity-50 data-disabled:saturate-50',
        looks[look],
        sizes[size],
        children === undefined && (size === 'small' ? 'w-7 px-0' : 'w-8 px-0'),
        className,
      )}
    >
      {isPending ? <Icon name="retry" className="animate-spin" /> : icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

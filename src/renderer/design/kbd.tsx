/** A key of the keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong/60 bg-raised px-1 pb-px font-mono text-2xs text-muted leading-none">
      {children}
    </kbd>
  );
}

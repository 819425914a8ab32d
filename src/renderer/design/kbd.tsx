/** Keys of the keyboard, one after the other: `g h`. */
export function Keys({ children }: { children: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the same one may come twice: `g g`
  return children.split(' ').map((key, at) => <Kbd key={`${at} ${key}`}>{key}</Kbd>);
}

function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong/60 bg-raised px-1 pb-px font-mono text-2xs text-muted leading-none">
      {children}
    </kbd>
  );
}

/** In a button: the key that does the same. Whoever hears the page finds it in the list of keys. */
export function KeyHint({ of }: { of: string }) {
  return (
    <span
      aria-hidden="true"
      className="ml-0.5 inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-current/40 px-1 font-mono font-normal text-2xs leading-none max-md:hidden"
    >
      {of}
    </span>
  );
}

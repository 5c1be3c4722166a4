export function Logo() {
  return (
    <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
      <circle cx="9" cy="9" r="7.2" fill="none" stroke="var(--accent)" strokeWidth="1.8" />
      <path d="M9 4.6V9l3.1 2" stroke="var(--accent)" strokeWidth="1.8" fill="none" strokeLinecap="round" />
    </svg>
  );
}

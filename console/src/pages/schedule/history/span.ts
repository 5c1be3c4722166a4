const day = 86_400_000;
const minute = 60_000;

/** The time that the picture shows, by which choice of days and for which instant it came to be that. `latest`: it goes up to now. */
export type Shown = { from: number; to: number; latest: boolean; days: number; picked: string | undefined };

/** The last so many days, with a little of what is to come. */
export function latestOf(opened: number, days: number, picked: string | undefined): Shown {
  // A beginning of its own minute, so that the picture is read again and not another one.
  const from = Math.floor((opened - days * day) / minute) * minute;
  return { from, to: opened + days * (day / 100), latest: true, days, picked };
}

/** The time shown after what there was: it stays, unless another length was chosen or an instant is asked about that lies beside it. */
export function shownAfter(old: Shown | undefined, opened: number, days: number, picked: string | undefined): Shown {
  if (old && old.days === days && old.picked === picked) {
    return old;
  }
  const at = picked === undefined ? undefined : Date.parse(picked);
  const isOn = ({ from, to }: Shown) => at === undefined || (at >= from && at <= to);
  const latest = latestOf(opened, days, picked);
  if (old && old.days === days && isOn(old)) {
    return { ...old, picked };
  }
  if (at === undefined || isOn(latest)) {
    return latest;
  }
  const from = Math.floor((at - (days * day) / 2) / minute) * minute;
  return { from, to: from + days * day, latest: false, days, picked };
}

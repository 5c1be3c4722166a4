import type { Band, Flag } from './layout';

/** A name above the picture: what it is of, where it stands, and to which side of that place it goes. */
export type Label = { key: string; text: string; x: number; anchor: 'start' | 'middle' | 'end' };
type Spot = Pick<Label, 'x' | 'anchor'>;
type Wanted = { key: string; text: string; spots: readonly Spot[] };

const gap = 8;
const besideLine = 3;
const narrowestBand = 60;

// Of letters of the picture's size, wider than most are: names that are apart by this are apart by any typeface.
const roomOf = (text: string) => text.length * 6.4;

export const keyOf = (of: Pick<Flag, 'kind' | 'at'> | Pick<Band, 'kind' | 'from'>) => `${of.kind} ${'at' in of ? of.at : of.from}`;

/** The names of lines and bands so that no two of them touch: each goes where there is room near it, and one that has none is left to its hint. */
export function labelsOf(flags: readonly (Flag & { text: string })[], bands: readonly (Band & { text: string })[], width: number): Label[] {
  const wanted: Wanted[] = [
    ...flags.map((flag) => ({
      key: keyOf(flag),
      text: flag.text,
      spots: [
        { x: flag.x, anchor: 'middle' },
        { x: flag.x + besideLine, anchor: 'start' },
        { x: flag.x - besideLine, anchor: 'end' },
      ] as const,
    })),
    ...bands
      .filter((band) => band.width > narrowestBand)
      .sort((a, b) => b.width - a.width)
      .map((band) => ({ key: keyOf(band), text: band.text, spots: within(band, roomOf(band.text)) })),
  ];
  const taken: { from: number; to: number }[] = [];
  return wanted.flatMap(({ key, text, spots }) => {
    for (const spot of spots) {
      const { from, to } = extentOf(spot, roomOf(text));
      if (from >= 0 && to <= width && taken.every((other) => to + gap <= other.from || other.to + gap <= from)) {
        taken.push({ from, to });
        return [{ key, text, ...spot }];
      }
    }
    return [];
  });
}

const extentOf = ({ x, anchor }: Spot, room: number) => {
  const from = anchor === 'start' ? x : anchor === 'end' ? x - room : x - room / 2;
  return { from, to: from + room };
};

// In its middle, else anywhere along it, as far as it is long enough.
function within({ x, width }: Band, room: number): Spot[] {
  const steps = Math.max(0, Math.floor((width - room) / 20));
  const along = Array.from({ length: steps + 1 }, (_, step): Spot => ({ x: x + step * 20, anchor: 'start' }));
  return [{ x: x + width / 2, anchor: 'middle' }, ...(width >= room ? [...along, { x: x + width, anchor: 'end' } as const] : [])];
}

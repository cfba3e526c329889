/** Colours of heat maps: light to strong for shares, two hues for a figure with a sign; text that reads on each. */
import type { ChartTheme } from './theme.ts';

interface HeatColours {
  /** From nothing to the most. */
  scale: string[];
  /** From −1 over 0 to 1. */
  signed: string[];
  /** Strength from which text changes, so that it stays above 4 : 1 on every shade. */
  strongFrom: number;
  weakText: string;
  strongText: string;
}

const onLight: HeatColours = {
  scale: ['#f1f6fc', '#a9cbed', '#4a8acb', '#1d5fa8'],
  signed: ['#a8480a', '#e9a76d', '#f4f5f7', '#86b5e2', '#1d5fa8'],
  strongFrom: 0.8,
  weakText: '#0b1220',
  strongText: '#ffffff',
};
const onDark: HeatColours = {
  scale: ['#16233a', '#24466f', '#4b88cf', '#8cc0fb'],
  signed: ['#f59e42', '#8a5320', '#1b2638', '#2f5f99', '#8cc0fb'],
  strongFrom: 0.58,
  weakText: '#f1f5f9',
  strongText: '#0b1220',
};

export const heatColours = ({ name }: ChartTheme): HeatColours => (name === 'dark' ? onDark : onLight);

/** @param strength 0..1 of the cell's colour */
export function heatText(theme: ChartTheme, strength: number): string {
  const { strongFrom, strongText, weakText } = heatColours(theme);
  return strength > strongFrom ? strongText : weakText;
}

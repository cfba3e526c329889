/** Colours of heat maps: light to strong for shares, two hues for a figure with a sign; text that reads on each. */
import type { ChartTheme } from './theme.ts';

interface HeatColours {
  /** From nothing to the most. */
  scale: string[];
  /** From −1 over 0 to 1. */
  signed: string[];
  /** Text on strong cells. */
  strongText: string;
}

const onLight: HeatColours = {
  scale: ['#f1f6fc', '#a9cbed', '#4a8acb', '#1d5fa8'],
  signed: ['#a8480a', '#e9a76d', '#f4f5f7', '#86b5e2', '#1d5fa8'],
  strongText: '#ffffff',
};
const onDark: HeatColours = {
  scale: ['#16233a', '#24466f', '#4b88cf', '#8cc0fb'],
  signed: ['#f59e42', '#8a5320', '#1b2638', '#2f5f99', '#8cc0fb'],
  strongText: '#0b1220',
};

export const heatColours = ({ name }: ChartTheme): HeatColours => (name === 'dark' ? onDark : onLight);

/** @param strength 0..1 of the cell's colour */
export const heatText = (theme: ChartTheme, strength: number): string =>
  strength > 0.58 ? heatColours(theme).strongText : theme.text;

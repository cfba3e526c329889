import { useI18n } from 'vue-i18n';

/** How a column of the customer file is called: fields that the program knows in its own words, others by their header. */
export function useAttributeName(): (name: string) => string {
  const { t, te } = useI18n();
  return (name) => (te(`screen.import.field.${name}`) ? t(`screen.import.field.${name}`) : name);
}

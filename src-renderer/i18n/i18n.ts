import { createI18n } from 'vue-i18n';
import { en } from '../../src-shared/messages/en/index.ts';

/** The catalogue of every sentence on screen; English now, one more object a language later. */
export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en } });

import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { companyExtension, type ImportFile } from '../../src-shared/domain.ts';

/** Files that were opened with Salescope and wait to be looked at. */
export const useInbox = defineStore('inbox', () => {
  /** Tables, for the import page. */
  const files = shallowRef<ImportFile[]>([]);
  /** A company that is to take the place of this one, once the user has said so. */
  const company = shallowRef<File | ImportFile | null>(null);

  function add(more: ImportFile[]): void {
    const isCompany = ({ name }: ImportFile) => name.toLowerCase().endsWith(companyExtension);
    files.value = [...files.value, ...more.filter((file) => !isCompany(file))];
    company.value = more.find(isCompany) ?? company.value;
  }

  /** Answers the waiting tables, which then wait no more. */
  function take(): ImportFile[] {
    const taken = files.value;
    if (taken.length > 0) files.value = [];
    return taken;
  }

  return { files, company, add, take };
});

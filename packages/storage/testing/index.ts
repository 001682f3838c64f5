export { event, keyId, keyRow, newKey, sequentialIds, TEST_TIME, testRootKey } from './builders.ts'
export { dialects } from './dialects.ts'
export type { StoreDialect, TestStore } from './dialects.ts'
export { temporaryFolder } from './temporary-folder.ts'

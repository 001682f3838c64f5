import { expect, it } from 'vitest'
import { networkFileSystem } from './file.ts'

it('knows the file systems whose locks cannot be trusted', () => {
  const known = [0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x65735546].map(networkFileSystem)
  expect(known).toEqual(['NFS', 'SMB', 'SMB', 'CIFS', 'FUSE'])
})

it('takes ext4, tmpfs and overlay as local', () => {
  const local = [0xef53, 0x01021994, 0x794c7630].map(networkFileSystem)
  expect(local).toEqual([undefined, undefined, undefined])
})

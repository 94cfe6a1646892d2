import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../src/network/address.ts'

/** One address a line; what follows a space says what it is. */
const reserved = `
0.0.0.0 this network, unspecified
0.255.255.255
10.0.0.1 private
10.255.255.255
100.64.0.1 shared with the carrier
100.100.100.200 metadata
100.127.255.255
127.0.0.1 loopback
127.255.255.254
169.254.0.1 link-local
169.254.169.254 metadata
172.16.0.1 private
172.31.255.255
192.0.0.1 protocol assignments
192.0.0.192 metadata
192.0.2.1 documentation
192.88.99.1 relay of 6to4
192.168.0.1 private
192.168.255.255
198.18.0.1 benchmark
198.19.255.255
198.51.100.7 documentation
203.0.113.7 documentation
224.0.0.1 multicast
239.255.255.255
240.0.0.1 kept for later
255.255.255.255 broadcast
168.63.129.16 host of a cloud
:: unspecified
::1 loopback
0:0:0:0:0:0:0:1
::ffff:127.0.0.1 mapped
::ffff:7f00:1
::ffff:8.8.8.8 mapped, of a public one
::127.0.0.1 compatible
::8.8.8.8
64:ff9b::127.0.0.1 translated
64:ff9b::7f00:1
64:ff9b::a9fe:a9fe
64:ff9b::10.0.0.1
64:ff9b:1::1 translated, local
100::1 discard
2001::1 Teredo
2001:2::1 benchmark
2001:10::1
2001:1ff:ffff::1
2001:db8::1 documentation
2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
2002:7f00:1:: 6to4 of loopback
2002:808:808::1
3ffe::1
3fff:fff::1 documentation
4000::1
5f00::1 segment routing
fc00::1 unique local
fd00:ec2::254 metadata
fdff::1
fe80::1 link-local
fe80::1%eth0
fec0::1 site-local
ff02::1 multicast
`
const open = `
1.1.1.1
8.8.8.8
9.255.255.255
11.0.0.0
100.63.255.255
100.128.0.0
126.255.255.255
128.0.0.1
169.253.255.255
169.255.0.0
172.15.255.255
172.32.0.0
192.0.1.0
192.0.3.0
192.167.255.255
192.169.0.0
198.17.255.255
198.20.0.0
203.0.112.255
203.0.114.0
223.255.255.255
168.63.129.15
168.63.129.17
2000::1
2001:200::1
2001:4860:4860::8888
2001:db7:ffff::1
2001:db9::1
2003::1
2606:4700:4700::1111
2606:4700:4700:0:0:0:0:1111
2606:4700::1.1.1.1
2A00:1450:4001:81B::200E
3ffd:ffff::1
3fff:1000::1
64:ff9b::8.8.8.8
64:ff9b::808:808
`
const nonsense = [
  '',
  ' ',
  'school.example',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.-4',
  '8.8.8.8 ',
  '2600',
  ':',
  ':::',
]
const broken = [
  '2600::1::2',
  '2600:1:2:3:4:5:6',
  '2600:1:2:3:4:5:6:7:8',
  '2600::12345',
  '2600::g',
  '2600::1.2.3',
  '[2600::1]',
]
const tooMany = ['2600:1:2:3:4:5:6:7::', '2600:1:2:3:4:5:6:1.2.3.4', '2600::1%eth0', `2600::${'0'.repeat(1000)}`]

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')

describe('isPublicAddress', () => {
  it.each(lines(reserved))('%s is not on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(lines(open))('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([...nonsense, ...broken, ...tooMany])('%j is no address', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

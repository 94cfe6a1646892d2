/**
 * BBS over BLS12-381-SHA-256, against the published test vectors of draft-irtf-cfrg-bbs-signatures (section 8.4 and appendix D.2), and
 * against what the draft says must be refused.
 */

import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve'
import { bls12_381 } from '@noble/curves/bls12-381'
import { sha256 } from '@noble/hashes/sha2'
import { describe, expect, it } from 'vitest'
import { bbsPublicKey, randomBbsSecret, signBbs, verifyBbs } from '../../src/keys/bbs.ts'
import {
  commitment,
  domainOf,
  generators,
  hashToScalar,
  messageScalars,
  type Point,
  serialize,
} from '../../src/keys/bbs-ciphersuite.ts'
import { type BbsProofCheck, countMessages, proveBbs, verifyBbsProof } from '../../src/keys/bbs-proof.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')

const secret = bytes('60e55110f76883a13d030b2f6bd11883422d5abde717569fc0731f51237169fc')
const publicKey = bytes(
  'a820f230f6ae38503b86c70dc50b61c58a77e45c39ab25c0652bbaa8fa136f2851bd4781c9dcde39fc9d1d52c9e60268061e7d7632171d91aa8d460acee0e96f1e7c4cfb12d3ff9ab5d5dc91c277db75c845d649ef3c4f63aebc364cd55ded0c',
)
const otherKey = bytes(
  'b064bd8d1ba99503cbb7f9d7ea00bce877206a85b1750e5583dd9399828a4d20610cb937ea928d90404c239b2835ffb104220a9c66a4c9ed3b54c0cac9ea465d0429556b438ceefb59650ddf67e7a8f103677561b7ef7fe3c3357ec6b94d41c6',
)
const header = bytes('11223344556677889900aabbccddeeff')
const presentationHeader = bytes('bed231d880675ed101ead304512e043ade9958dd0241ea70b4b3957fba941501')
const none = new Uint8Array()
const messages = [
  '9872ad089e452c7b6e283dfac2a80d58e8d0ff71cc4d5e310a1debdda4a45f02',
  'c344136d9ab02da4dd5908bbba913ae6f58c2cc844b802a6f811f5fb075f9b80',
  '7372e9daa5ed31e6cd5c825eac1b855e84476a1d94932aa348e07b73',
  '77fe97eb97a1ebe2e81e4e3597a3ee740a66e9ef2412472c',
  '496694774c5604ab1b2544eababcf0f53278ff50',
  '515ae153e22aae04ad16f759e07237b4',
  'd183ddc6e2665aa4e2f088af',
  'ac55fb33a75909ed',
  '96012096',
  '',
].map(bytes)
const first = messages.slice(0, 1)

const signatures = {
  one: '84773160b824e194073a57493dac1a20b667af70cd2352d8af241c77658da5253aa8458317cca0eae615690d55b1f27164657dcafee1d5c1973947aa70e2cfbb4c892340be5969920d0916067b4565a0',
  all: '8339b285a4acd89dec7777c09543a43e3cc60684b0a6f8ab335da4825c96e1463e28f8c5f4fd0641d19cec5920d3a8ff4bedb6c9691454597bbd298288abed3632078557b2ace7d44caed846e1a0a1e8',
  withoutHeader:
    '8c87e2080859a97299c148427cd2fcf390d24bea850103a9748879039262ecf4f42206f6ef767f298b6a96b424c1e86c26f8fba62212d0e05b95261c2cc0e5fdc63a32731347e810fd12e9c58355aa0d',
} as const

/** Each: name, signature, header, presentation header, messages, places, proof. */
const proofs: readonly (readonly [
  string,
  string,
  Uint8Array,
  Uint8Array,
  readonly Uint8Array[],
  readonly number[],
  string,
])[] = [
  [
    'of one message',
    signatures.one,
    header,
    presentationHeader,
    first,
    [0],
    '94916292a7a6bade28456c601d3af33fcf39278d6594b467e128a3f83686a104ef2b2fcf72df0215eeaf69262ffe8194a19fab31a82ddbe06908985abc4c9825788b8a1610942d12b7f5debbea8985296361206dbace7af0cc834c80f33e0aadaeea5597befbb651827b5eed5a66f1a959bb46cfd5ca1a817a14475960f69b32c54db7587b5ee3ab665fbd37b506830a49f21d592f5e634f47cee05a025a2f8f94e73a6c15f02301d1178a92873b6e8634bafe4983c3e15a663d64080678dbf29417519b78af042be2b3e1c4d08b8d520ffab008cbaaca5671a15b22c239b38e940cfeaa5e72104576a9ec4a6fad78c532381aeaa6fb56409cef56ee5c140d455feeb04426193c57086c9b6d397d9418',
  ],
  [
    'of all messages',
    signatures.all,
    header,
    presentationHeader,
    messages,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    'b1f468aec2001c4f54cb56f707c6222a43e5803a25b2253e67b2210ab2ef9eab52db2d4b379935c4823281eaf767fd37b08ce80dc65de8f9769d27099ae649ad4c9b4bd2cc23edcba52073a298087d2495e6d57aaae051ef741adf1cbce65c64a73c8c97264177a76c4a03341956d2ae45ed3438ce598d5cda4f1bf9507fecef47855480b7b30b5e4052c92a4360110c67327365763f5aa9fb85ddcbc2975449b8c03db1216ca66b310f07d0ccf12ab460cdc6003b677fed36d0a23d0818a9d4d098d44f749e91008cf50e8567ef936704c8277b7710f41ab7e6e16408ab520edc290f9801349aee7b7b4e318e6a76e028e1dea911e2e7baec6a6a174da1a22362717fbae1cd961d7bf4adce1d31c2ab',
  ],
  [
    'of some messages',
    signatures.all,
    header,
    presentationHeader,
    messages,
    [0, 2, 4, 6],
    'a2ed608e8e12ed21abc2bf154e462d744a367c7f1f969bdbf784a2a134c7db2d340394223a5397a3011b1c340ebc415199462ba6f31106d8a6da8b513b37a47afe93c9b3474d0d7a354b2edc1b88818b063332df774c141f7a07c48fe50d452f897739228c88afc797916dca01e8f03bd9c5375c7a7c59996e514bb952a436afd24457658acbaba5ddac2e693ac481356918cd38025d86b28650e909defe9604a7259f44386b861608be742af7775a2e71a6070e5836f5f54dc43c60096834a5b6da295bf8f081f72b7cdf7f3b4347fb3ff19edaa9e74055c8ba46dbcb7594fb2b06633bb5324192eb9be91be0d33e453b4d3127459de59a5e2193c900816f049a02cb9127dac894418105fa1641d5a206ec9c42177af9316f433417441478276ca0303da8f941bf2e0222a43251cf5c2bf6eac1961890aa740534e519c1767e1223392a3a286b0f4d91f7f25217a7862b8fcc1810cdcfddde2a01c80fcc90b632585fec12dc4ae8fea1918e9ddeb9414623a457e88f53f545841f9d5dcb1f8e160d1560770aa79d65e2eca8edeaecb73fb7e995608b820c4a64de6313a370ba05dc25ed7c1d185192084963652f2870341bdaa4b1a37f8c06348f38a4f80c5a2650a21d59f09e8305dcd3fc3ac30e2a',
  ],
  [
    'without a header',
    signatures.withoutHeader,
    none,
    presentationHeader,
    messages,
    [0, 2, 4, 6],
    '81925c2e525d9fbb0ba95b438b5a13fff5874c7c0515c193628d7d143ddc3bb487771ad73658895997a88dd5b254ed29abc019bfca62c09b8dafb37e5f09b1d380e084ec3623d071ec38d6b8602af93aa0ddbada307c9309cca86be16db53dc7ac310574f509c712bb1a181d64ea3c1ee075c018a2bc773e2480b5c033ccb9bfea5af347a88ab83746c9342ba76db3675ff70ce9006d166fd813a81b448a632216521c864594f3f92965974914992f8d1845230915b11680cf44b25886c5670904ac2d88255c8c31aea7b072e9c4eb7e4c3fdd38836ae9d2e9fa271c8d9fd42f669a9938aeeba9d8ae613bf11f489ce947616f5cbaee95511dfaa5c73d85e4ddd2f29340f821dc2fb40db3eae5f5bc08467eb195e38d7d436b63e556ea653168282a23b53d5792a107f85b1203f82aab46f6940650760e5b320261ffc0ca5f15917b51e7d2ad4bcbec94de792e229db663abff23af392a5e73ce115c27e8492ec24a0815091c69874dbd9dae2d2eed000810c748a798a78a804a39034c6e745cee455812cc982eea7105948b2cb55b82278a77237fcbec4748e2d2255af0994dd09dba8ac60515a39b24632a2c1c840c4a70506add5b2eb0be9ff66e3ea8deae666f198edfbb1391c6834e6df4f1026d',
  ],
  [
    'without a presentation header',
    signatures.all,
    header,
    none,
    messages,
    [0, 2, 4, 6],
    'a2ed608e8e12ed21abc2bf154e462d744a367c7f1f969bdbf784a2a134c7db2d340394223a5397a3011b1c340ebc415199462ba6f31106d8a6da8b513b37a47afe93c9b3474d0d7a354b2edc1b88818b063332df774c141f7a07c48fe50d452f897739228c88afc797916dca01e8f03bd9c5375c7a7c59996e514bb952a436afd24457658acbaba5ddac2e693ac48135672556358e78b5398f1a547a2a98dfe16230f244ba742dea737e4f810b4d94e03ac068ef840aaadf12b2ed51d3fb774c2a0a620019fd1f39c52c6f89a0e6067e3039413a91129791b2af215a82ad2356b6bc305c1d7a828fe519619dd026eaaf07ea81cee52b21aab3e8320519bf37c2bb228a8b580f899d84327bdc5e84a66000e8bac17d2fa039bb2246c8eacc623ccd9eb26e184a96a9e3a6702e1dbafe194772394b05251f72bcd2d20f542b15b2406f899791f6f285c7b469e7c7b9624147f305c38c903273a949f6e85b9774aeeccfafa432e2cdd7c8f97d1687741ed30d725444428dd87d9884711d9a46baaf0c04b03a2a228b7033be0841880134b03b15f698756eca5f37503a0411a9586d3027a8b8b9118e95a9949b2719e85e4a669d9e4b7bb6d4544c8cc558c30d79f9c85a87e1a95611400b7c7dac5673d800',
  ],
]

/** The scalars that the draft draws for its proofs (section 8.1). */
function mocked(count: number): readonly bigint[] {
  const seed = bytes('332e313431353932363533353839373933323338343632363433333833323739')
  const tag = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_MOCK_RANDOM_SCALARS_DST_'
  const drawn = expand_message_xmd(seed, new TextEncoder().encode(tag), 48 * count, sha256)
  const { Fr } = bls12_381.fields
  return Array.from({ length: count }, (_, index) =>
    Fr.create(BigInt(`0x${hex(drawn.subarray(index * 48, index * 48 + 48))}`)),
  )
}

const checkOf = (name: string): BbsProofCheck => {
  const row = proofs.find(([each]) => each === name) as (typeof proofs)[number]
  const [, , ofHeader, ofPresentation, all, places, proof] = row
  return {
    publicKey,
    proof: bytes(proof),
    header: ofHeader,
    presentationHeader: ofPresentation,
    messages: places.map((place) => all[place] as Uint8Array),
    places,
  }
}
const some = checkOf('of some messages')

/** A point of the curve that is not in the subgroup: that with the x of 4. */
const outside = Uint8Array.of(0x80, ...new Uint8Array(46), 4)

/** Whether it is good; what throws is no proof. */
async function judge(change: Partial<BbsProofCheck>, from: BbsProofCheck = some): Promise<boolean> {
  try {
    return await verifyBbsProof({ ...from, ...change })
  } catch {
    return false
  }
}

/** The bytes with others in their place. */
const withBytes = (from: Uint8Array, at: number, written: Uint8Array) => {
  const copy = Uint8Array.from(from)
  copy.set(written, at)
  return copy
}

describe('the draft’s vectors', () => {
  it('generators and message scalars', async () => {
    expect((await generators(10)).octets.map(hex)).toEqual([
      'a9ec65b70a7fbe40c874c9eb041c2cb0a7af36ccec1bea48fa2ba4c2eb67ef7f9ecb17ed27d38d27cdeddff44c8137be',
      '98cd5313283aaf5db1b3ba8611fe6070d19e605de4078c38df36019fbaad0bd28dd090fd24ed27f7f4d22d5ff5dea7d4',
      'a31fbe20c5c135bcaa8d9fc4e4ac665cc6db0226f35e737507e803044093f37697a9d452490a970eea6f9ad6c3dcaa3a',
      'b479263445f4d2108965a9086f9d1fdc8cde77d14a91c856769521ad3344754cc5ce90d9bc4c696dffbc9ef1d6ad1b62',
      'ac0401766d2128d4791d922557c7b4d1ae9a9b508ce266575244a8d6f32110d7b0b7557b77604869633bb49afbe20035',
      'b95d2898370ebc542857746a316ce32fa5151c31f9b57915e308ee9d1de7db69127d919e984ea0747f5223821b596335',
      '8f19359ae6ee508157492c06765b7df09e2e5ad591115742f2de9c08572bb2845cbf03fd7e23b7f031ed9c7564e52f39',
      'abc914abe2926324b2c848e8a411a2b6df18cbe7758db8644145fefb0bf0a2d558a8c9946bd35e00c69d167aadf304c1',
      '80755b3eb0dd4249cbefd20f177cee88e0761c066b71794825c9997b551f24051c352567ba6c01e57ac75dff763eaa17',
      '82701eb98070728e1769525e73abff1783cedc364adb20c05c897a62f2ab2927f86f118dcb7819a7b218d8f3fee4bd7f',
      'a1f229540474f4d6f1134761b92b788128c7ac8dc9b0c52d59493132679673032ac7db3fb3d79b46b13c1c41ee495bca',
    ])
    expect(messageScalars([messages[0] as Uint8Array, none]).map((each) => hex(serialize(each)))).toEqual([
      '1cb5bb86114b34dc438a911617655a1db595abafac92f47c5001799cf624b430',
      '08e3afeb2b4f2b5f907924ef42856616e6f2d5f1fb373736db1cca32707a7d16',
    ])
    expect(hex(serialize(await domainOf(publicKey, header, 10)))).toBe(
      '6272832582a0ac96e6fe53e879422f24c51680b25fbf17bad22a35ea93ce5b47',
    )
    expect(hex(bbsPublicKey(secret))).toBe(hex(publicKey))
  })

  it.each([
    ['one message', first, header, signatures.one],
    ['ten messages', messages, header, signatures.all],
    ['no header', messages, none, signatures.withoutHeader],
  ] as const)('a signature over %s', async (_name, signed, of, signature) => {
    expect(hex(await signBbs(secret, publicKey, of, signed))).toBe(signature)
    expect(await verifyBbs(publicKey, bytes(signature), of, signed)).toBe(true)
  })

  it.each([
    ['a changed message', [none], header, publicKey, signatures.one],
    ['a message that was not signed', messages.slice(0, 2), header, publicKey, signatures.one],
    ['a message missing', messages.slice(0, 2), header, publicKey, signatures.all],
    ['messages in another order', [...messages].reverse(), header, publicKey, signatures.all],
    ['another key', messages, header, otherKey, signatures.all],
    ['another header', messages, bytes('ffeeddccbbaa00998877665544332211'), publicKey, signatures.all],
  ] as const)('no signature: %s', async (_name, signed, of, key, signature) => {
    expect(await verifyBbs(key, bytes(signature), of, signed)).toBe(false)
  })

  it.each(proofs)('a proof %s', async (name, signature, of, presentation, all, places, proof) => {
    const input = { publicKey, signature: bytes(signature), header: of, presentationHeader: presentation }
    expect(hex(await proveBbs({ ...input, messages: all, places }, mocked))).toBe(proof)
    expect(await verifyBbsProof(checkOf(name))).toBe(true)
  })
})

describe('a proof', () => {
  const point = some.proof.slice(0, 48)
  const order = bls12_381.fields.Fr.ORDER
  const refused: readonly (readonly [string, Partial<BbsProofCheck>])[] = [
    ['a message changed', { messages: some.messages.with(1, none) }],
    ['a message more', { messages: [...some.messages, messages[8] as Uint8Array], places: [...some.places, 8] }],
    ['a message fewer', { messages: some.messages.slice(1), places: some.places.slice(1) }],
    ['messages in another order', { messages: some.messages.toReversed() }],
    ['messages at other places', { places: [0, 2, 4, 7] }],
    ['a place twice', { places: [0, 2, 2, 6] }],
    ['places that do not ascend', { places: [2, 0, 4, 6] }],
    ['a place behind the last', { places: [0, 2, 4, 10] }],
    ['a place far behind the last', { places: [0, 2, 4, 4_000_000_000] }],
    ['more places than messages', { places: [0, 2, 4, 6, 8] }],
    ['another key', { publicKey: otherKey }],
    ['another header', { header: none }],
    ['another presentation header', { presentationHeader: none }],
    ['the presentation header with a byte more', { presentationHeader: Uint8Array.of(...presentationHeader, 0) }],
    ['a scalar more', { proof: Uint8Array.of(...some.proof, ...some.proof.slice(-32)) }],
    ['a scalar fewer', { proof: some.proof.slice(0, -32) }],
    ['a byte more', { proof: Uint8Array.of(...some.proof, 0) }],
    ['a byte fewer', { proof: some.proof.slice(0, -1) }],
    ['nothing', { proof: none }],
    ['the identity for a point', { proof: withBytes(some.proof, 0, Uint8Array.of(0xc0, ...new Uint8Array(47))) }],
    ['two points exchanged', { proof: withBytes(withBytes(some.proof, 0, some.proof.slice(48, 96)), 48, point) }],
    ['a point outside the subgroup', { proof: withBytes(some.proof, 96, outside) }],
    ['bytes that are no point', { proof: withBytes(some.proof, 96, new Uint8Array(48).fill(0xff)) }],
    ['a scalar of zero', { proof: withBytes(some.proof, some.proof.length - 64, new Uint8Array(32)) }],
    ['a key of another length', { publicKey: publicKey.slice(0, 48) }],
    ['the identity for a key', { publicKey: Uint8Array.of(0xc0, ...new Uint8Array(95)) }],
    ['a key of P-256', { publicKey: new Uint8Array(33).fill(2) }],
  ]
  it.each(refused)('with %s is refused', async (_name, change) => {
    expect(await judge({})).toBe(true)
    expect(await judge(change)).toBe(false)
  })

  it('has each of its scalars in one form only', async () => {
    for (let at = 144; at < some.proof.length; at += 32) {
      const scalar = BigInt(`0x${hex(some.proof.slice(at, at + 32))}`)
      if (scalar + order >= 2n ** 256n) continue
      const again = withBytes(some.proof, at, bytes((scalar + order).toString(16).padStart(64, '0')))
      expect(await judge({ proof: again }), `the scalar at ${at}`).toBe(false)
    }
  })

  it('has nothing in common with another of the same signature', async () => {
    const input = { publicKey, signature: bytes(signatures.all), header, presentationHeader, messages, places: [0, 2] }
    const [one, two] = [await proveBbs(input), await proveBbs(input)]
    const parts = (proof: Uint8Array) => [
      ...[0, 48, 96].map((at) => hex(proof.slice(at, at + 48))),
      ...Array.from({ length: (proof.length - 144) / 32 }, (_, index) =>
        hex(proof.slice(144 + index * 32, 176 + index * 32)),
      ),
    ]
    expect(parts(one).filter((part) => parts(two).includes(part))).toEqual([])
    expect(one.length).toBe(two.length)
    expect(hex(one)).not.toContain(signatures.all.slice(0, 96))
  })

  it('shows nothing, or all, as well', async () => {
    const key = randomBbsSecret()
    const own = bbsPublicKey(key)
    const signature = await signBbs(key, own, header, messages)
    const every = messages.map((_, place) => place)
    for (const places of [[], every]) {
      const proof = await proveBbs({ publicKey: own, signature, header, presentationHeader, messages, places })
      const shown = places.map((place) => messages[place] as Uint8Array)
      expect(await verifyBbsProof({ ...some, publicKey: own, proof, messages: shown, places })).toBe(true)
    }
  })
})

describe('many messages', () => {
  const many = Array.from({ length: 300 }, (_, index) => Uint8Array.of(index >> 8, index & 255))

  it('are signed and shown like few, and leave the others in the thread their turn', async () => {
    const [key, places] = [randomBbsSecret(), [1, 200, 299]]
    const own = bbsPublicKey(key)
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    const signature = await signBbs(key, own, header, many)
    expect(turns).toBeGreaterThan(3)
    expect(await verifyBbs(own, signature, header, many)).toBe(true)
    expect(await verifyBbs(own, signature, header, many.with(250, none))).toBe(false)
    const proof = await proveBbs({ publicKey: own, signature, header, presentationHeader, messages: many, places })
    const shown = places.map((place) => many[place] as Uint8Array)
    const check = { publicKey: own, proof, header, presentationHeader, messages: shown, places }
    expect(await verifyBbsProof(check)).toBe(true)
    expect(await verifyBbsProof({ ...check, messages: shown.with(1, none) })).toBe(false)
    clearInterval(timer)
  })

  it('make the same generators when several ask at once', async () => {
    const [one, two] = await Promise.all([generators(340), generators(330)])
    expect(one.octets.slice(0, 331).map(hex)).toEqual(two.octets.map(hex))
    expect(new Set(one.octets.map(hex)).size).toBe(341)
  })
})

describe('a proof by someone who has no signature', () => {
  const { Fr } = bls12_381.fields
  /**
   * All answers fit the challenge, whatever is claimed: D is a multiple of what the messages commit to, and the other two points
   * are multiples of D. Only that the two are not paired by the key shows that nobody signed.
   */
  async function forge(one: bigint, two: bigint): Promise<Uint8Array> {
    const claimed = messageScalars([none])
    const domain = await domainOf(publicKey, header, 1)
    const d = (await commitment(domain, 1, claimed.entries())).multiply(7n)
    const times = (scalar: bigint): Point => (scalar === 0n ? d.subtract(d) : d.multiply(scalar))
    const [aBar, bBar, t1, t2] = [times(one), times(two), times(11n), times(13n)]
    const shown = serialize(1, 0, claimed[0] as bigint, aBar, bBar, d, t1, t2, domain)
    const challenge = hashToScalar(
      Uint8Array.of(...shown, ...serialize(presentationHeader.length), ...presentationHeader),
    )
    const r1 = Fr.sub(11n, Fr.add(Fr.mul(two, challenge), Fr.mul(one, 5n)))
    const r3 = Fr.sub(13n, Fr.mul(challenge, Fr.inv(7n)))
    return serialize(aBar, bBar, d, 5n, r1, r3, challenge)
  }
  it.each([
    ['other points', 2n, 3n],
    ['the identity for both, which is paired with itself', 0n, 0n],
    ['the identity for one', 0n, 3n],
  ])('with %s is refused', async (_name, one, two) => {
    expect(await judge({ proof: await forge(one, two), messages: [none], places: [0] })).toBe(false)
  })

  it('with places that do not ascend is refused, though its challenge is over them', async () => {
    const input = { publicKey, signature: bytes(signatures.all), header, presentationHeader, messages }
    const proof = await proveBbs({ ...input, places: [2, 0] })
    const shown = [messages[2], messages[0]] as Uint8Array[]
    expect(await judge({ proof, messages: shown, places: [2, 0] })).toBe(false)
  })

  it('has a length that a proof can have', () => {
    expect([272, 272 + 32, 272 + 320].map((length) => countMessages(new Uint8Array(length), 4))).toEqual([4, 5, 14])
    for (const length of [0, 240, 271, 273, 288]) {
      expect(countMessages(new Uint8Array(length), 4), String(length)).toBeUndefined()
    }
  })
})

describe('a signature that is none', () => {
  const signature = bytes(signatures.one)
  it.each([
    ['a scalar of zero', withBytes(signature, 48, new Uint8Array(32))],
    ['a scalar as large as the order', withBytes(signature, 48, serialize(bls12_381.fields.Fr.ORDER))],
    ['the identity', withBytes(signature, 0, Uint8Array.of(0xc0, ...new Uint8Array(47)))],
    ['a point outside the subgroup', withBytes(signature, 0, outside)],
    ['a byte more', Uint8Array.of(...signature, 0)],
    ['a byte fewer', signature.slice(1)],
  ])('%s', async (_name, wrong) => {
    await expect(verifyBbs(publicKey, wrong, header, first)).rejects.toThrow()
  })

  it('has its point in one form only', async () => {
    // The least x that is on the curve and in the subgroup leaves room for the prime to be added.
    const { Fp } = bls12_381.fields
    const small = findSmall()
    const x = BigInt(`0x${hex(small)}`) & (2n ** 381n - 1n)
    const larger = withBytes(bytes((x + Fp.ORDER).toString(16).padStart(96, '0')), 0, none)
    larger[0] = (larger[0] as number) | ((small[0] as number) & 0xe0)
    await expect(verifyBbs(publicKey, withBytes(signature, 0, small), header, first)).resolves.toBe(false)
    await expect(verifyBbs(publicKey, withBytes(signature, 0, larger), header, first)).rejects.toThrow()
  })
})

function findSmall(): Uint8Array {
  // x + p must fit into 381 bits, which a point of the group by chance does in one of four.
  const { Fp } = bls12_381.fields
  for (let index = 1n; ; index += 1n) {
    const found = bls12_381.G1.ProjectivePoint.BASE.multiply(index).toRawBytes(true)
    const x = BigInt(`0x${hex(found)}`) & (2n ** 381n - 1n)
    if (x + Fp.ORDER < 2n ** 381n) return found
  }
}

import type { Generated } from 'kysely'

export const STATUSES = [
  'suspected',
  'open',
  'in_progress',
  'referred',
  'on_agenda',
  'deferred',
  'resolved',
  'closed',
  'merged',
  'dropped',
] as const
export const NATURES = ['inquiry', 'help', 'complaint', 'report', 'suggestion'] as const
export const URGENCIES = ['red', 'yellow', 'blue'] as const
export const PLACES = ['building', 'compound', 'elsewhere', 'ambiguous', 'none'] as const
export const SOURCES = ['群聊', '走访', '巡查', '议事角', '电话', '转办'] as const
export const ROOMS = ['members', 'committee'] as const
export const MESSAGE_KINDS = ['text', 'voice', 'image', 'file', 'link', 'recall', 'system', 'other'] as const

export type Status = (typeof STATUSES)[number]
export type Nature = (typeof NATURES)[number]
export type Urgency = (typeof URGENCIES)[number]
export type PlaceKind = (typeof PLACES)[number]
export type Source = (typeof SOURCES)[number]
export type RoomKey = (typeof ROOMS)[number]
export type MessageKind = (typeof MESSAGE_KINDS)[number]
export type MediaKind = Extract<MessageKind, 'voice' | 'image'>
export type MessageState = 'new' | 'waiting' | 'talk' | 'command' | 'aside' | 'withdrawn' | 'skipped'
export type EpisodeState = 'pending' | 'read' | 'people' | 'split'
export type OutboxKind = 'reply' | 'notice' | 'red' | 'digest'
export type OutboxState = 'queued' | 'sending' | 'sent' | 'unsure' | 'dropped'
export type EvidenceRole = 'told' | 'more' | 'place' | 'worse' | 'progress' | 'settled'
export type HandlerKind = 'person' | 'corps' | 'body'
export type FollowUp = 'satisfied' | 'basically_satisfied' | 'dissatisfied' | 'not_reached' | 'nobody_to_ask'
export type LinkKind = 'split_from' | 'recurrence_of' | 'related'

/** UTC, ISO 8601 with milliseconds: 2026-05-18T00:32:00.000Z. */
export type Instant = string
export type Flag = 0 | 1

export type CompoundTable = { name: string }
export type PartyGroupTable = { number: number; name: string; leader: string | null; contact_point: string | null }
export type BuildingTable = {
  code: string
  compound: string
  name: string
  units: number
  households: number
  party_group: number
  retired: Generated<number>
}
export type PlaceAliasTable = { compound: string; building: string | null; alias: string }
export type MemberTable = {
  name: string
  sex: string
  age: number
  post: string
  service_corps: string | null
  party_group: number
  home_building: string
  phone: string | null
  retired: Generated<number>
}
export type WechatNameTable = { member: string; name: string }
export type BuildingHeadTable = { building: string; name: string; phone: string | null; is_party_member: Flag }
export type GridOfficerTable = { compound: string; name: string; phone: string | null }

export type SettingTable = { key: string; value: string }
export type RoomTable = { key: RoomKey; topic: string; member_names: string; bound_at: Instant }
export type ConfirmedPersonTable = { remark: string; member: string; confirmed_by: string; confirmed_at: Instant }
export type EpisodeTable = {
  id: Generated<number>
  room: RoomKey
  purpose: Generated<'talk' | 'registered'>
  closed_at: Instant
  state: EpisodeState
  reader: string | null
  attempts: Generated<number>
  started: Generated<number>
  next_at: Instant
  error: string | null
}
export type MessageTable = {
  seq: Generated<number>
  room: RoomKey
  msg_id: string
  said_at: Instant
  heard_at: Instant
  sender_id: string
  sender: string
  remark: string | null
  person: string | null
  kind: MessageKind
  text: string
  confidence: number | null
  quote_id: string | null
  revokes_id: string | null
  to_bot: Flag
  state: MessageState
  episode: number | null
  attempts: Generated<number>
}
export type ForgottenTable = { hash: string; at: Instant }
export type OutboxTable = {
  id: Generated<number>
  room: RoomKey
  kind: OutboxKind
  text: string
  /** A file to send instead of the text; the text says what it is. */
  file: string | null
  once: string | null
  created_at: Instant
  not_before: Instant
  expires_at: Instant | null
  state: OutboxState
  sent_at: Instant | null
}
export type SpokenTable = { id: Generated<number>; hash: string; msg_id: string | null; at: Instant }
export type GapTable = { id: Generated<number>; from_at: Instant; to_at: Instant }
/** A voice message or picture whose words are still to come. */
export type MediaTable = {
  message: number
  kind: MediaKind
  /** `fetch`: the file is still on WeChat's server; `read`: it is here. */
  state: 'fetch' | 'read'
  bytes: Buffer | null
  /** When its message was heard. */
  since: Instant
  attempts: Generated<number>
  started: Generated<number>
  next_at: Instant
  error: string | null
}
/** A line seen of a 接龙, as keyed hashes, and the message that brought it; null of somebody who is not to be recorded. */
export type ChainLineTable = { room: RoomKey; topic: string; line: string; msg_id: string | null; seen_at: Instant }
export type LlmCallTable = {
  id: Generated<number>
  at: Instant
  purpose: string
  prompt_id: string
  prompt_version: string
  prompt_hash: string
  model_asked: string
  model_answered: string | null
  rung: string
  outcome: string
  input_tokens: number | null
  cached_tokens: number | null
  output_tokens: number | null
  milliseconds: number
  request_id: string | null
  repaired: Flag
}

export type CategoryTable = {
  code: string
  label: string
  corps: string
  urgency: Urgency
  sensitive: Flag
  position: number
}
export type LegalMoveTable = { from_status: Status; to_status: Status }
export type ConcernTable = {
  no: Generated<number>
  title: string
  detail: string
  nature: Nature
  category: string
  urgency: Urgency
  status: Status
  status_before: Status | null
  status_since: Instant
  place: PlaceKind
  compound: string | null
  building: string | null
  unit: number | null
  place_words: string | null
  party_group: number | null
  reporter: string | null
  reporter_id: string | null
  collected_by: string | null
  source: Source
  sensitive: Flag
  doubt: string | null
  handler_kind: HandlerKind | null
  handler: string | null
  next_look: Instant | null
  due_at: Instant | null
  reason: string | null
  result: string | null
  follow_up: FollowUp | null
  merged_into: number | null
  rounds: Generated<number>
  settled_proposed_at: Instant | null
  told_at: Instant
  filed_at: Instant
  resolved_at: Instant | null
  closed_at: Instant | null
  last_event: number | null
}
export type EventTable = {
  id: Generated<number>
  concern: number
  at: Instant
  kind: string
  actor_kind: 'person' | 'assistant'
  actor: string
  from_status: Status | null
  to_status: Status
  note: string | null
  data: string | null
}
export type EvidenceTable = { concern: number; message: number; role: EvidenceRole; event: number }
export type ConcernLinkTable = { concern: number; other: number; kind: LinkKind }
export type AlarmTable = {
  concern: number
  told: Generated<number>
  next_at: Instant
  quiet_by: string | null
  quiet_at: Instant | null
}
export type DigestTable = {
  id: Generated<number>
  room: RoomKey
  kind: 'week'
  period_start: string
  figures: string
  outbox: number | null
  made_at: Instant
}

export type ExternalBodyTable = { name: string }
export type QuestionTable = {
  id: Generated<number>
  concern: number
  kind: 'place' | 'settled'
  room: RoomKey
  /** Sender id of the person asked; null when anybody of the room may answer. */
  asked_of: string | null
  options: string
  asked_at: Instant
  outbox: number | null
  answered_at: Instant | null
  answer: string | null
}
export type MeetingTable = {
  no: number
  held_at: Instant
  present: string
  opened_by: string
  closed_at: Instant | null
}
export type DecisionTable = {
  id: Generated<number>
  meeting: number
  concern: number | null
  text: string
  owner: string | null
  due_at: Instant | null
  made_at: Instant
}
export type MediationTable = {
  concern: number
  agreement: '口头' | '书面' | '未达成' | null
  terms: string | null
  agreed_at: Instant | null
}
export type ActivityTable = {
  id: Generated<number>
  kind: string
  note: string
  people: number | null
  held_at: Instant
  told_by: string
}
/** What somebody wished about being written down; the key is what is known of them (remark:丁姨 · person:丁惠芳 · …). */
export type RecordingWishTable = { key: string; wish: 'out' | 'in'; sender_id: string; at: Instant }
export type DeletionRequestTable = {
  id: Generated<number>
  sender: string
  sender_id: string
  remark: string | null
  person: string | null
  asked_at: Instant
  confirmed_by: string | null
  done_at: Instant | null
}
export type PurgeTable = { id: Generated<number>; at: Instant; before: Instant; messages: number }
export type AskedCommandTable = {
  id: Generated<number>
  at: Instant
  room: RoomKey
  actor: string
  command: string
  concern: number | null
}

export type Schema = {
  compound: CompoundTable
  party_group: PartyGroupTable
  building: BuildingTable
  place_alias: PlaceAliasTable
  member: MemberTable
  wechat_name: WechatNameTable
  building_head: BuildingHeadTable
  grid_officer: GridOfficerTable
  setting: SettingTable
  room: RoomTable
  confirmed_person: ConfirmedPersonTable
  episode: EpisodeTable
  message: MessageTable
  forgotten: ForgottenTable
  outbox: OutboxTable
  spoken: SpokenTable
  gap: GapTable
  media: MediaTable
  chain_line: ChainLineTable
  llm_call: LlmCallTable
  category: CategoryTable
  legal_move: LegalMoveTable
  concern: ConcernTable
  event: EventTable
  evidence: EvidenceTable
  concern_link: ConcernLinkTable
  alarm: AlarmTable
  digest: DigestTable
  external_body: ExternalBodyTable
  question: QuestionTable
  meeting: MeetingTable
  decision: DecisionTable
  mediation: MediationTable
  activity: ActivityTable
  recording_wish: RecordingWishTable
  deletion_request: DeletionRequestTable
  purge: PurgeTable
  asked_command: AskedCommandTable
}

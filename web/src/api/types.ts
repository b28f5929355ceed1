// The shapes of the API, by the names the desktop knows them by: aliases of what `cargo xtask regen` makes from the
// server's OpenAPI document. Nothing else in web/ names the generated file.
// Instants are RFC 3339 strings in UTC; ids are numbers people may quote; `version` only ever grows.
import type { components } from './schema'

type Schema = components['schemas']

export type Instant = string
/** Opaque: where in the event log an answer was read. */
export type Position = string

/** A page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[]
  next: string | null
  position: Position
}

export type Role = Schema['Role']
export type Permission = Schema['Permission']
export type Welcome = Schema['Welcome']
export type Session = Schema['Session']
export type Me = Schema['Me']
export type DeskSettings = Schema['DeskSettings']
export type PresenceState = Schema['PresenceState']
export type Presence = Schema['Presence']
export type Dashboard = Schema['Dashboard']
export type QueueCard = Schema['QueueCard']
export type Offer = Schema['Offer']
export type Notice = Schema['Notice']
export type Transfer = Schema['Transfer']
export type TransferTarget = Schema['TransferTarget']
export type TransferReach = Schema['TransferReach']
export type Assignment = Schema['Assignment']
export type AssignmentTarget = Schema['AssignmentTarget']
export type Recipients = Schema['Recipients']
export type Recipient = Schema['Recipient']
export type UserRef = Schema['UserRef']
export type QueueRef = Schema['QueueRef']
export type AccountRef = Schema['AccountRef']
export type InteractionState = Schema['InteractionState']
export type Controller = Schema['Controller']
export type Sentiment = Schema['Sentiment']
export type Interaction = Schema['Interaction']
export type InteractionDetail = Schema['InteractionDetail']
export type JourneyEntry = Schema['JourneyEntry']
export type ArchiveExtent = Schema['ArchiveExtent']
export type Decision = Schema['Decision']
export type MessageKind = Schema['MessageKind']
export type MessageStatus = Schema['MessageStatus']
export type Message = Schema['Message']
export type Failure = Schema['Failure']
export type Content = Schema['Content']
export type Attachment = Schema['Attachment']
export type KeptCard = Schema['KeptCard']
export type MessageHistory = Schema['MessageHistory']
export type SendMessage = Schema['SendMessage']
export type CannedAnswer = Schema['CannedAnswer']
export type CannedScope = Schema['CannedScope']
export type Suggestion = Schema['Suggestion']
export type Suggestions = Schema['Suggestions']
export type Colleague = Schema['Colleague']
export type Scheduled = Schema['Scheduled']
export type NextThing = Schema['NextThing']
export type Contact = Schema['Contact']
/** What one may do with it is known of one that was asked for by itself. */
export type ContactCard = Contact & Partial<Schema['ContactCard']>
export type ContactField = Schema['ContactField']
export type ContactValues = Schema['ContactValues']
export type InteractionPage = Schema['InteractionPage']
export type ContactList = Schema['ContactList']
export type FieldKind = Schema['FieldKind']
export type FieldValue = Schema['FieldValue']
export type Strategy = Schema['Strategy']
export type Queue = Schema['Queue']
export type Account = Schema['Account']
export type FlowStep = Schema['FlowStep']
export type AccountCheck = Schema['AccountCheck']
export type User = Schema['User']
export type Team = Schema['Team']
export type Profile = Schema['Profile']
export type Mask = Schema['Mask']
export type Delivery = Schema['Delivery']
export type DeliveryDetail = Schema['DeliveryDetail']
export type Templates = Schema['Templates']
export type Template = Schema['Template']
export type TemplateVariant = Schema['Variant']
export type TemplateContent = Schema['TemplateContent']
export type RecontactState = Schema['RecontactState']
export type StartState = Schema['StartState']
export type SavedView = Schema['SavedView']
export type Settings = Schema['Settings']
export type Disposition = Schema['Disposition']
export type DispositionPlace = Schema['DispositionPlace']
export type DispositionScope = Schema['DispositionScope']
export type Choices = Schema['Choices']
export type Tag = Schema['Tag']
export type TagColour = Schema['TagColour']
export type Block = Schema['Block']
/** What became of several. */
export type ManyDone = Schema['Done']
export type Problem = Schema['Problem']
export type Frame = Schema['Frame']
export type ClientFrame = Schema['ClientFrame']
/** Oldest first; `next` is the cursor of the older page. */
export type MessagePage = Page<Message>

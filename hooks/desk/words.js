// The desk's own sentences, as [Chinese, English]. Words of a business come with
// its definition, words of the dashboard are in zh-words.js. {x} is filled in.
const words = {
  queue: ["业务审核", "Review queue"],
  queue_sub: ["待我办理", "Waiting for me"],
  all_services: ["全部业务", "All services"],
  all_states: ["待我办理的全部状态", "All that waits for me"],
  overdue: ["逾期", "Overdue"],
  resubmitted: ["补正后再提交", "Submitted again"],
  mine: ["我认领的", "Claimed by me"],
  refresh: ["刷新", "Refresh"],
  more: ["更多", "More"],
  number: ["业务编号", "Number"],
  service: ["业务", "Service"],
  candidate: ["考生", "Candidate"],
  exam: ["考试", "Exam"],
  status: ["状态", "Status"],
  submitted: ["提交时间", "Submitted"],
  waiting: ["等待时长", "Waiting"],
  marks: ["标记", "Marks"],
  nth: ["第 {n} 次提交", "Submission no. {n}"],
  claimed: ["{name} 认领", "Claimed by {name}"],
  claimed_me: ["我认领", "Claimed by me"],
  live: ["实时更新", "Live"],
  empty: ["没有待办理的业务", "Nothing waits for you"],
  empty_text: ["有新的申请提交后，会自动出现在这里。", "New applications appear here by themselves."],
  empty_filtered: ["没有符合筛选条件的业务", "Nothing matches the filter"],
  clear: ["清除筛选", "Clear the filter"],
  no_roles: ["您还没有被分配业务审核权限", "You have no role in any service"],
  no_roles_text: ["请联系管理员为您的账号分配角色。", "Ask the administrator for a role."],
  load_failed: ["未能载入", "Could not be loaded"],
  retry: ["重试", "Try again"],

  close: ["关闭", "Close"],
  next: ["下一件", "Next"],
  due: ["办理期限", "Due"],
  due_left: ["剩 {time}", "{time} left"],
  due_over: ["已逾期 {time}", "{time} overdue"],
  about_candidate: ["考生信息", "Candidate"],
  name: ["姓名", "Name"],
  id_number: ["证件号码", "ID number"],
  id_type: ["证件类型", "ID type"],
  mobile: ["手机号码", "Mobile"],
  content: ["申请内容", "Application"],
  materials: ["上传材料", "Documents"],
  no_materials: ["没有上传材料", "No documents"],
  replaced: ["被替换的旧材料", "Replaced documents"],
  replaced_at: ["{at} 被替换", "Replaced {at}"],
  diff: ["与上次提交的对照", "Compared with the last submission"],
  diff_profile: ["申请时与现在的考生信息", "Candidate data then and now"],
  before: ["修改前", "Before"],
  after: ["修改后", "After"],
  then: ["申请时", "Then"],
  now: ["现在", "Now"],
  field: ["项目", "Field"],
  not_given: ["未填写", "Not given"],
  history: ["办理记录", "History"],
  who_candidate: ["考生", "Candidate"],
  who_authority: ["考试机构", "Authority"],
  who_system: ["系统", "System"],
  open_tab: ["在新标签页打开", "Open in a new tab"],
  rotate: ["旋转", "Rotate"],
  zoom: ["放大或还原", "Zoom"],

  decide: ["办理", "Decide"],
  claim: ["认领", "Claim"],
  release: ["放回", "Release"],
  unclaimed: ["尚未有人认领", "Nobody has claimed this"],
  claimed_by: ["{name} 已认领", "{name} has claimed this"],
  claimed_by_me: ["我已认领", "You have claimed this"],
  claim_done: ["已认领", "Claimed"],
  release_done: ["已放回", "Released"],
  reply: ["处理意见", "Reply"],
  reply_hint: ["考生会看到这段文字", "The candidate reads this"],
  canned: ["常用语", "Canned replies"],
  reply_first: ["请先填写处理意见", "Write a reply first"],
  confirm: ["确定对 {number} 进行“{action}”？", "{action}: {number}. Go on?"],
  reads: ["考生将看到：", "The candidate will read:"],
  cancel: ["取消", "Cancel"],
  done: ["已办理：{action}", "Done: {action}"],
  nothing_to_do: ["当前状态下没有需要您办理的操作", "There is nothing for you to do in this state"],
  stale: ["别人已先处理了这件业务，请刷新后再办理", "Somebody else was first. Refresh before you go on"],
  stale_other: ["{name} 正在办理这件业务", "{name} is working on this"],
  somebody: ["其他人员", "Somebody else"],
  check: ["请检查标出的内容", "Check what is marked"],
  leave: ["处理意见尚未提交，确定关闭吗？", "The reply has not been sent. Close?"],
  leave_yes: ["放弃并关闭", "Close"],
  no_reply: ["这项操作不发送处理意见，已填写的意见不会保存。", "This step sends no reply. What you wrote is not kept."],
  not_done: ["未能办理", "Not done"],
  results_unsaved: ["结果在点击办理按钮时一并保存", "Results are saved together with the action"],
  published: ["公布", "Published"],
  choose: ["请选择", "Choose"],
  row: ["第 {n} 项", "No. {n}"],
  score_format: ["请填写 0.1 分为单位的分数，如 87.1", "Write the score in tenths, as 87.1"],

  typed_replaces: ["保密字段：显示的是掩码。需要更换时才输入新值。", "Sealed: this is a mask. Type only to replace it."],
  type_new: ["输入新值以替换", "Type a new value to replace it"],
  keep: ["保持不变", "Keep"],
  kind: ["内容类型", "Kind"],
  kind_id_number: ["证件号码", "ID number"],
  kind_mobile: ["手机号码", "Mobile number"],
  kind_bank_card: ["银行卡号", "Bank card"],
  kind_address: ["地址", "Address"],
  kind_name: ["姓名", "Name"],
  kind_secret: ["其他保密内容", "Any other secret"],
  max: ["最大长度", "Max length"],

  d: ["{n} 天", "{n} d"],
  h: ["{n} 小时", "{n} h"],
  m: ["{n} 分钟", "{n} min"],
  lt_minute: ["不足 1 分钟", "less than a minute"],
}

// What the server answers by code. PocketBase's own messages are English and
// end in a full stop that nobody wrote.
const problems = {
  scores_not_published: ["该批次成绩尚未公布", "The scores of this session are not published"],
  batch_running: ["该批次正在制证", "Certificates of this session are being issued already"],
  nobody_to_issue: ["该批次没有待制证的合格人员", "Nobody of this session is waiting for a certificate"],
  not_approved: ["该报名未合格、已取消或已有证书", "This registration has not passed, is cancelled, or has a certificate"],
  issuer_missing: ["考试项目未设置签发单位", "The exam names no issuing authority"],
  no_electronic: ["该考试不制发电子证书", "This exam has no electronic certificates"],
  date_invalid: ["日期不正确", "This is no date"],
  date_in_future: ["日期不能晚于今天", "This day is still to come"],
  date_before_exam: ["日期不能早于考试日期", "This day is before the exam"],
  number_rule_invalid: ["管理号规则有误：{error}", "The rule of the numbers is not right: {error}"],
  number_code_missing: ["管理号规则缺少代码或代码过长：{field}", "A code of the number rule is missing or too long: {field}"],
  specialty_code_missing: ["专业“{specialty}”没有合适的代码", "The specialty {specialty} has no fitting code"],
  numbers_exhausted: ["管理号最多 {most} 个，不够使用", "The rule has numbers for {most} certificates only"],
  name_invalid: ["姓名含有不允许的字符：{char}（U+{hex}）", "The name has a character that does not belong there: {char} (U+{hex})"],
  glyph_missing: ["字库缺字，无法生成证书：{char}（U+{hex}）", "There is no glyph for {char} (U+{hex})"],
  certificate_fixed: ["证书制发后不可修改", "What was printed does not change"],
  rev_conflict: ["信息已被更新，请刷新后重试", "It has changed meanwhile. Refresh and try again"],
  rev_required: ["页面已过期，请刷新后重试", "Refresh and try again"],
  claimed_by_other: ["{name} 已认领这件业务", "{name} has claimed this"],
  transition_denied: ["当前状态下不能进行这项操作", "This is not possible in the present state"],
  state_locked: ["当前状态不可修改", "This cannot be changed in the present state"],
  comment_required: ["请填写处理意见", "Write a reply"],
  reply_required: ["请填写处理意见", "Write a reply"],
  same_reviewer: ["须由非原审核人员办理", "Somebody else has to decide this"],
  four_eyes: ["须由另一位工作人员办理", "Somebody else has to decide this"],
  rule_denied: ["{text}", "{text}"],
  result_missing: ["请逐科登记复核结果", "Every subject needs its result"],
  result_unchanged: ["复核无误的科目不填更正后的成绩或标记", "A confirmed result has no new score or mark"],
  row_count: ["应为 {min} 到 {max} 项", "There must be {min} to {max}"],
  row_range: ["应为 {min} 到 {max}", "It must be {min} to {max}"],
  row_twice: ["同一项不能重复", "This is there twice"],
  text_invalid: ["含有无法保存的字符", "It has characters that cannot be stored"],
  validation_length_out_of_range: ["应为 {min} 到 {max} 个字", "Between {min} and {max} characters"],
  schema_needed: ["系统业务依赖此项，不能这样修改（{text}）", "A business needs this as it is ({text})"],
  rule_opened: ["不能放宽为系统业务设定的访问规则", "A rule of a business cannot be opened"],
  rule_sealed: ["规则不能读取加密字段 {name}", "A rule cannot read the sealed field {name}"],
  rule_invalid: ["规则有误：{error}", "The rule is not right: {error}"],
  rule_needs: ["现有规则“{rule}”依赖此项", "The rule {rule} needs it"],
  window_backwards: ["截止时间早于开放时间", "It closes before it opens"],
  rows_kept: ["这些记录由系统自动写入，不能手工修改", "The system writes these rows itself"],
  console_closed: ["此功能已关闭；确需使用时，请以 --sql-console 参数启动服务", "This is closed: start the server with --sql-console to use it"],
  account_inactive: ["该账号未启用，请联系管理员", "This account is not active. Ask the administrator"],
  role_fields: ["角色和工作人员两个字段不能修改", "The fields role and staff must stay as they are"],
  sealed_index: ["加密字段的索引须为隐藏的文本字段", "The index of a sealed field must be a hidden text field"],
  sealed_kind: ["加密字段的内容类型不能更改", "A sealed field keeps its kind"],
  sealed_rename: ["加密字段及其集合不能改名", "A sealed field and its collection keep their names"],
  sealed_unreadable: ["原有内容无法解密，请联系管理员", "What is stored cannot be opened. Ask the administrator"],
  last_admin: ["须保留至少一名管理员", "One administrator has to remain"],
  role_or_staff: ["一个账号只能是管理员或工作人员之一", "An account is either an administrator or staff"],
  nothing_to_do: ["没有需要您办理的操作", "There is nothing for you to do here"],
  row_missing: ["请补全每一项", "A row is missing"],
  row_invalid: ["这一项填写有误", "This row is not right"],
  text_expected: ["请填写文字", "Text is expected"],
  validation_required: ["必填", "Required"],
  validation_invalid_value: ["填写有误", "Not valid"],
  validation_in_invalid: ["请从选项中选择", "Choose one of the options"],
  validation_invalid_format: ["格式不正确", "The format is not right"],
  validation_match_invalid: ["格式不正确", "The format is not right"],
  validation_missing_rel_records: ["所选内容已不存在", "The choice does not exist any more"],
  validation_max_number_constraint: ["数值过大", "Too large"],
  validation_max_text_constraint: ["文字过长", "Too long"],
  validation_min_text_constraint: ["文字过短", "Too short"],
  validation_min_greater_equal_than_required: ["数值过小", "Too small"],
  validation_max_less_equal_than_required: ["数值过大", "Too large"],
}

const idTypes = {
  resident: ["居民身份证", "Resident ID card"],
  hmt_residence: ["港澳台居民居住证", "Residence permit (Hong Kong, Macao, Taiwan)"],
  hm_permit: ["港澳居民来往内地通行证", "Mainland travel permit (Hong Kong, Macao)"],
  tw_permit: ["台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)"],
  passport: ["护照", "Passport"],
  foreign_permanent: ["外国人永久居留身份证", "Foreign permanent resident ID card"],
}

const key = "examhallDeskLanguage"

// lang is "zh" unless the reader chose otherwise.
export const lang = localStorage.getItem(key) == "en" ? "en" : "zh"

// switchTo stores the language and starts the dashboard again with it.
export function switchTo(other) {
  localStorage.setItem(key, other)
  location.reload()
}

const fill = (text, params) => text.replace(/\{(\w+)\}/g, (all, name) => params?.[name] ?? all)

// say returns a sentence of the desk.
export const say = (name, params) => fill(words[name][lang == "en" ? 1 : 0], params)

// idType returns what a kind of identity document is called.
export const idType = (type) => idTypes[type]?.[lang == "en" ? 1 : 0] || type

// text returns what a definition says as {zh, en}, or a plain string as it is.
export const text = (said) => (said && typeof said == "object" ? said[lang] || said.zh || "" : said || "")

// explain returns the sentence for an error {code, message, params} of the server.
export function explain(problem) {
  const known = problems[problem?.code]
  if (known) return fill(known[lang == "en" ? 1 : 0], { name: say("somebody"), ...problem.params })
  return (problem?.message || "").replace(/[.。!]+$/, "")
}

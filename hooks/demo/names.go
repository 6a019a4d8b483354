package demo

import (
	"math/rand/v2"
	"strings"
)

const (
	surnames = "王 王 王 李 李 李 张 张 张 刘 刘 陈 陈 陈 杨 杨 黄 黄 黄 赵 吴 吴 周 周 徐 孙 马 朱 胡 郭 何 何 林 林 林 罗 高 郑 郑 梁 梁 谢 宋 唐 许 邓 韩 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 欧阳 司徒 上官"
	given    = "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀 霞 平 刚 桂 英 华 玉 兰 红 建 国 文 辉 力 志 永 健 世 广 义 兴 良 海 山 仁 波 宁 贵 福 生 龙 元 全 胜 学 祥 才 发 武 新 利 清 飞 彬 富 顺 信 子 雨 欣 怡 梓 涵 浩 宇 轩 佳 嘉 思 晨 博 雅 琪 诗 俊 凯 婷 雪 慧 莹 颖 琳 晓 燕 倩 蕾"
	rare     = "䶮 喆 鋆 㛃 𬭎 𬱖 𠅤 堃 翀 赟 昇 玥 珺 𬍛 祎 旻 淼 犇 燊 𬀩"
	minority = "阿卜杜拉 买买提 古丽巴哈尔 艾合买提 阿依古丽 吐尔逊 热依汗 木合塔尔 努尔兰 哈斯木 迪丽娜尔 扎西 卓玛 次仁"
)

// nameOf returns a made-up name: of two hundred, three have a character that
// many systems cannot hold, and two are transliterated with a separator.
func nameOf(r *rand.Rand) string {
	switch n := r.IntN(200); {
	case n < 2:
		return pick(r, minority) + "·" + pick(r, minority)
	case n < 5:
		return pick(r, surnames) + pick(r, rare)
	case n < 60:
		return pick(r, surnames) + pick(r, given)
	}
	return pick(r, surnames) + pick(r, given) + pick(r, given)
}

// pick returns one of the words of a list.
func pick(r *rand.Rand, list string) string {
	words := strings.Fields(list)
	return words[r.IntN(len(words))]
}

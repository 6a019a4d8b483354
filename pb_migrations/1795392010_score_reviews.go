package pb_migrations

import (
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(func(app core.App) error {
		for _, raw := range []string{`{
	"id": "pbc_3788305386",
	"listRule": "(@request.auth.collectionName = \"candidates\" \u0026\u0026 owner = @request.auth.id) || (@request.auth.collectionName = \"staff\" \u0026\u0026 (@request.auth.roles:each ?= \"score_reviews.reviewer\" || @request.auth.roles:each ?= \"score_reviews.approver\" || @request.auth.roles:each ?= \"auditor\"))",
	"viewRule": "(@request.auth.collectionName = \"candidates\" \u0026\u0026 owner = @request.auth.id) || (@request.auth.collectionName = \"staff\" \u0026\u0026 (@request.auth.roles:each ?= \"score_reviews.reviewer\" || @request.auth.roles:each ?= \"score_reviews.approver\" || @request.auth.roles:each ?= \"auditor\"))",
	"createRule": "@request.auth.collectionName = \"candidates\"",
	"updateRule": "(@request.auth.collectionName = \"candidates\" \u0026\u0026 owner = @request.auth.id) || (@request.auth.collectionName = \"staff\" \u0026\u0026 (@request.auth.roles:each ?= \"score_reviews.reviewer\" || @request.auth.roles:each ?= \"score_reviews.approver\"))",
	"deleteRule": null,
	"name": "score_reviews",
	"type": "base",
	"fields": [
		{
			"autogeneratePattern": "[a-z0-9]{15}",
			"help": "",
			"hidden": false,
			"id": "text3208210256",
			"max": 15,
			"min": 15,
			"name": "id",
			"pattern": "^[a-z0-9]+$",
			"presentable": false,
			"primaryKey": true,
			"required": true,
			"system": true,
			"type": "text"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text2526027604",
			"max": 30,
			"min": 0,
			"name": "number",
			"pattern": "",
			"presentable": true,
			"primaryKey": false,
			"required": false,
			"system": false,
			"type": "text"
		},
		{
			"cascadeDelete": false,
			"collectionId": "pbc_588547459",
			"help": "",
			"hidden": false,
			"id": "relation3479234172",
			"maxSelect": 1,
			"minSelect": 0,
			"name": "owner",
			"presentable": false,
			"required": true,
			"system": false,
			"type": "relation"
		},
		{
			"help": "",
			"hidden": false,
			"id": "select2063623452",
			"maxSelect": 1,
			"name": "status",
			"presentable": false,
			"required": true,
			"system": false,
			"type": "select",
			"values": [
				"submitted",
				"withdrawn",
				"accepted",
				"returned",
				"rejected",
				"expired",
				"reporting",
				"completed"
			]
		},
		{
			"cascadeDelete": false,
			"collectionId": "pbc_808513361",
			"help": "",
			"hidden": false,
			"id": "relation3494172116",
			"maxSelect": 1,
			"minSelect": 0,
			"name": "session",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "relation"
		},
		{
			"cascadeDelete": false,
			"collectionId": "pbc_3135925398",
			"help": "",
			"hidden": false,
			"id": "relation1655220135",
			"maxSelect": 1,
			"minSelect": 0,
			"name": "registration",
			"presentable": false,
			"required": true,
			"system": false,
			"type": "relation"
		},
		{
			"help": "",
			"hidden": false,
			"id": "sealed1146066909",
			"kind": "mobile",
			"max": 20,
			"name": "phone",
			"presentable": false,
			"required": true,
			"system": false,
			"type": "sealed"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text3729584230",
			"max": 100,
			"min": 0,
			"name": "employer",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": false,
			"system": false,
			"type": "text"
		},
		{
			"help": "",
			"hidden": false,
			"id": "file2637464785",
			"maxSelect": 2,
			"maxSize": 5242880,
			"mimeTypes": [
				"image/jpeg",
				"image/png",
				"application/pdf"
			],
			"name": "id_card",
			"presentable": false,
			"protected": true,
			"required": false,
			"system": false,
			"thumbs": [],
			"type": "file"
		},
		{
			"help": "",
			"hidden": false,
			"id": "file2905831913",
			"maxSelect": 1,
			"maxSize": 5242880,
			"mimeTypes": [
				"image/jpeg",
				"image/png",
				"application/pdf"
			],
			"name": "admission_ticket",
			"presentable": false,
			"protected": true,
			"required": false,
			"system": false,
			"thumbs": [],
			"type": "file"
		},
		{
			"help": "",
			"hidden": false,
			"id": "file3235598710",
			"maxSelect": 1,
			"maxSize": 5242880,
			"mimeTypes": [
				"image/jpeg",
				"image/png",
				"application/pdf"
			],
			"name": "statement",
			"presentable": false,
			"protected": true,
			"required": false,
			"system": false,
			"thumbs": [],
			"type": "file"
		},
		{
			"help": "",
			"hidden": false,
			"id": "json3776899405",
			"maxSize": 262144,
			"name": "items",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "json"
		},
		{
			"help": "",
			"hidden": true,
			"id": "json2678318100",
			"maxSize": 262144,
			"name": "results",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "json"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text4255696608",
			"max": 500,
			"min": 0,
			"name": "reply",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": false,
			"system": false,
			"type": "text"
		},
		{
			"help": "",
			"hidden": false,
			"id": "number165162695",
			"max": null,
			"min": null,
			"name": "rev",
			"onlyInt": true,
			"presentable": false,
			"required": false,
			"system": false,
			"type": "number"
		},
		{
			"help": "",
			"hidden": false,
			"id": "select3711895927",
			"maxSelect": 1,
			"name": "waits_for",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "select",
			"values": [
				"candidate",
				"authority",
				"nobody"
			]
		},
		{
			"help": "",
			"hidden": false,
			"id": "date3742343818",
			"max": "",
			"min": "",
			"name": "due",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "date"
		},
		{
			"help": "",
			"hidden": false,
			"id": "date302443994",
			"max": "",
			"min": "",
			"name": "submitted",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "date"
		},
		{
			"help": "",
			"hidden": false,
			"id": "date1067173162",
			"max": "",
			"min": "",
			"name": "decided",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "date"
		},
		{
			"cascadeDelete": false,
			"collectionId": "pbc_829252413",
			"help": "",
			"hidden": true,
			"id": "relation37346028",
			"maxSelect": 1,
			"minSelect": 0,
			"name": "decided_by",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "relation"
		},
		{
			"cascadeDelete": false,
			"collectionId": "pbc_829252413",
			"help": "",
			"hidden": true,
			"id": "relation694952315",
			"maxSelect": 1,
			"minSelect": 0,
			"name": "claimed_by",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "relation"
		},
		{
			"help": "",
			"hidden": true,
			"id": "number2850781065",
			"max": null,
			"min": null,
			"name": "remaining",
			"onlyInt": true,
			"presentable": false,
			"required": false,
			"system": false,
			"type": "number"
		},
		{
			"help": "",
			"hidden": false,
			"id": "number3386859726",
			"max": null,
			"min": null,
			"name": "resubmits",
			"onlyInt": true,
			"presentable": false,
			"required": false,
			"system": false,
			"type": "number"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text4091595963",
			"max": 50,
			"min": 0,
			"name": "commitment",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": false,
			"system": false,
			"type": "text"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": true,
			"id": "text3674561267",
			"max": 64,
			"min": 0,
			"name": "submission",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": false,
			"system": false,
			"type": "text"
		},
		{
			"help": "",
			"hidden": true,
			"id": "sealed743249205",
			"kind": "secret",
			"max": 5000,
			"name": "snapshot",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "sealed"
		},
		{
			"hidden": false,
			"id": "autodate2990389176",
			"name": "created",
			"onCreate": true,
			"onUpdate": false,
			"presentable": false,
			"system": false,
			"type": "autodate"
		},
		{
			"hidden": false,
			"id": "autodate3332085495",
			"name": "updated",
			"onCreate": true,
			"onUpdate": true,
			"presentable": false,
			"system": false,
			"type": "autodate"
		}
	],
	"indexes": [
		"CREATE UNIQUE INDEX ` + "`" + `idx_score_reviews_number` + "`" + ` ON ` + "`" + `score_reviews` + "`" + ` (number)",
		"CREATE INDEX ` + "`" + `idx_score_reviews_owner` + "`" + ` ON ` + "`" + `score_reviews` + "`" + ` (owner, created)",
		"CREATE UNIQUE INDEX ` + "`" + `idx_score_reviews_submission` + "`" + ` ON ` + "`" + `score_reviews` + "`" + ` (owner, submission) WHERE submission != ''",
		"CREATE INDEX ` + "`" + `idx_score_reviews_status` + "`" + ` ON ` + "`" + `score_reviews` + "`" + ` (status, due)"
	],
	"created": "",
	"updated": "",
	"system": false
}`, `{
	"id": "pbc_4227383789",
	"listRule": null,
	"viewRule": null,
	"createRule": null,
	"updateRule": null,
	"deleteRule": null,
	"name": "score_review_subjects",
	"type": "base",
	"fields": [
		{
			"autogeneratePattern": "[a-z0-9]{15}",
			"help": "",
			"hidden": false,
			"id": "text3208210256",
			"max": 15,
			"min": 15,
			"name": "id",
			"pattern": "^[a-z0-9]+$",
			"presentable": false,
			"primaryKey": true,
			"required": true,
			"system": true,
			"type": "text"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text2757483969",
			"max": 50,
			"min": 0,
			"name": "application",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": true,
			"system": false,
			"type": "text"
		},
		{
			"autogeneratePattern": "",
			"help": "",
			"hidden": false,
			"id": "text4224597626",
			"max": 50,
			"min": 0,
			"name": "subject",
			"pattern": "",
			"presentable": false,
			"primaryKey": false,
			"required": true,
			"system": false,
			"type": "text"
		},
		{
			"help": "",
			"hidden": false,
			"id": "bool1260321794",
			"name": "active",
			"presentable": false,
			"required": false,
			"system": false,
			"type": "bool"
		}
	],
	"indexes": [
		"CREATE UNIQUE INDEX ` + "`" + `idx_score_review_subjects_once` + "`" + ` ON ` + "`" + `score_review_subjects` + "`" + ` (subject) WHERE active = 1",
		"CREATE UNIQUE INDEX ` + "`" + `idx_score_review_subjects_application` + "`" + ` ON ` + "`" + `score_review_subjects` + "`" + ` (application, subject)"
	],
	"created": "",
	"updated": "",
	"system": false
}`} {
			c := new(core.Collection)
			if err := json.Unmarshal([]byte(raw), c); err != nil {
				return err
			}
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("score_reviews")
		if err != nil {
			return err
		}
		return app.Delete(c)
	})
}

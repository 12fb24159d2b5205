// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"sync"
	"time"
)

// What zero values of Options stand for. The keys are made up; they open nothing but an emulator.
const (
	DefaultRegion    = "cn-north-4"
	DefaultProjectID = "0123456789abcdef0123456789abcdef"
	DefaultDomainID  = "14ee2e3501124efcbca7998baa240000"
	DefaultAccessKey = "FGSEMULATORACCESSKEY"
	DefaultSecretKey = "fgs-emulator-secret-key-not-a-secret-0000"
	DefaultToken     = "fgs-emulator-token"
	DefaultUser      = "fgs-emulator-user"
	DefaultPassword  = "fgs-emulator-password"

	DefaultAgency      = "fgs-emulator-agency"
	DefaultAccount     = "fgs-emulator-account"
	DefaultIDProvider  = "fgs-emulator-idp"
	DefaultProviderURN = "iam::" + DefaultDomainID + ":oidc-provider:" + DefaultIDProvider
	DefaultIDToken     = "fgs-emulator-id-token"
	DefaultPodToken    = "fgs-emulator-pod-token"
)

// PublicDependency is the id of a dependency version that every emulator has, as every region has public ones.
const PublicDependency = "4f4ae4eb-dcdc-4dd3-bffd-79600bd972b3"

// Options say whose project the emulator plays.
type Options struct {
	Region      string // default DefaultRegion
	ProjectID   string // default DefaultProjectID
	ProjectName string // default the region, as the service does for the project that each region has
	DomainID    string // account id, default DefaultDomainID

	AccessKey     string // default DefaultAccessKey
	SecretKey     string // default DefaultSecretKey
	SecurityToken string // when set, the key pair is temporary and each signed request must carry it
	Token         string // accepted as X-Auth-Token, default DefaultToken
	User          string // for POST /v3/auth/tokens, default DefaultUser
	Password      string // default DefaultPassword

	Agencies    []Agency      // that can be assumed; nil: DefaultAgency of DefaultAccount, which is DomainID
	IDToken     string        // that an identity provider issued, default DefaultIDToken
	IDProvider  string        // its name at IAM, default DefaultIDProvider
	ProviderURN string        // the same for STS, default DefaultProviderURN
	PodToken    string        // of the pod identity, default DefaultPodToken
	MetadataV1  bool          // the metadata of the ECS have no tokens
	NoECSAgency bool          // the ECS has no agency
	Longest     time.Duration // life of temporary credentials at the most; 0: as long as is asked for

	DependencyBytes int64 // room for all dependencies together, default 10 GB (contract 2.6)

	Switches Switches

	Now       func() time.Time // nil is time.Now
	BaseURL   string           // start of download links; empty: the address that the request was sent to
	OnRequest func(Request)    // called for each request before it is answered, from several goroutines; may be nil
}

// Server is one FunctionGraph project. It is an http.Handler and safe for concurrent use.
type Server struct {
	opts Options
	zone *time.Location // of the region's wall clock

	mu           sync.Mutex
	functions    map[place]*Function
	order        map[place]int         // of creation; newest first in lists (contract 1.8)
	dependencies map[string]dependency // by version id
	replies      map[runs]Reply        // of functions that are called
	asyncCalls   []asyncCall           // that were accepted, the oldest first
	objects      map[string][]byte     // of OBS, by address; none is nil
	logs         projectLogs
	late         []lateTrigger     // what reads do not show yet
	tokens       map[string]issued // by token
	keys         map[string]issued // temporary ones, by access key
	counter      int               // source of ids

	logMu    sync.Mutex
	requests []Request
	logged   int // their weight
	faults   []*activeFault
	release  chan struct{} // closed by Release
}

// place identifies a function within the project.
type place struct{ pkg, name string }

func (f *Function) place() place { return place{f.Package, f.Name} }

var _ http.Handler = (*Server)(nil)

// New makes an empty project. Nothing runs in the background and nothing needs closing.
func New(opts Options) *Server {
	setDefault(&opts.Region, DefaultRegion)
	setDefault(&opts.ProjectID, DefaultProjectID)
	setDefault(&opts.ProjectName, opts.Region)
	setDefault(&opts.DomainID, DefaultDomainID)
	setDefault(&opts.AccessKey, DefaultAccessKey)
	setDefault(&opts.SecretKey, DefaultSecretKey)
	setDefault(&opts.Token, DefaultToken)
	setDefault(&opts.User, DefaultUser)
	setDefault(&opts.Password, DefaultPassword)
	setDefault(&opts.IDToken, DefaultIDToken)
	setDefault(&opts.IDProvider, DefaultIDProvider)
	setDefault(&opts.ProviderURN, DefaultProviderURN)
	setDefault(&opts.PodToken, DefaultPodToken)
	if opts.Agencies == nil {
		opts.Agencies = []Agency{{Name: DefaultAgency, DomainName: DefaultAccount, DomainID: opts.DomainID}}
	}
	if opts.DependencyBytes == 0 {
		opts.DependencyBytes = 10 << 30
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	return &Server{
		opts:         opts,
		zone:         zoneOf(opts.Region),
		functions:    map[place]*Function{},
		order:        map[place]int{},
		dependencies: map[string]dependency{PublicDependency: publicLibrary},
		replies:      map[runs]Reply{},
		objects:      map[string][]byte{},
		tokens:       map[string]issued{},
		keys:         map[string]issued{},
		release:      make(chan struct{}),
	}
}

func setDefault(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Written by tools/policy-folders.mjs: do not edit.
import * as apprenticeshipTrainingSubsidy from './apprenticeship-training-subsidy/index.js';
import * as assessmentRewardTop3 from './assessment-reward-top3/index.js';
import * as flexibleEmploymentSiSubsidy from './flexible-employment-si-subsidy/index.js';
import * as hardToEmployPostSubsidy from './hard-to-employ-post-subsidy/index.js';
import * as hrAgencyReferralSubsidy from './hr-agency-referral-subsidy/index.js';
import * as incubatorRentReliefSubsidy from './incubator-rent-relief-subsidy/index.js';
import * as internshipRetentionSiSubsidy from './internship-retention-si-subsidy/index.js';
import * as internshipSubsidy from './internship-subsidy/index.js';
import * as jobStabilisationRefund from './job-stabilisation-refund/index.js';
import * as liveCommerceSupport from './live-commerce-support/index.js';
import * as migrantAccidentInsuranceSubsidy from './migrant-accident-insurance-subsidy/index.js';
import * as migrantWorkerHiringSubsidies from './migrant-worker-hiring-subsidies/index.js';
import * as oneOffHiringSubsidy from './one-off-hiring-subsidy/index.js';
import * as oneOffHiringSubsidyEpidemic from './one-off-hiring-subsidy-epidemic/index.js';
import * as oneOffOrTemporaryLivingAid from './one-off-or-temporary-living-aid/index.js';
import * as oneOffTemporaryRelief from './one-off-temporary-relief/index.js';
import type { Policy, WorkedExample } from './policy.js';
import * as publicPostSiSubsidy from './public-post-si-subsidy/index.js';
import * as refundDirectPayMicro from './refund-direct-pay-micro/index.js';
import * as skillsAdjustmentFundSupport from './skills-adjustment-fund-support/index.js';
import * as smeClassHourTrainingSubsidy from './sme-class-hour-training-subsidy/index.js';
import * as startupLoanExtensionInterest from './startup-loan-extension-interest/index.js';
import * as startupLoanInterestSharing from './startup-loan-interest-sharing/index.js';
import * as startupVenueSubsidy from './startup-venue-subsidy/index.js';
import * as tempPublicPostSubsidy from './temp-public-post-subsidy/index.js';
import * as temporaryPriceSubsidy from './temporary-price-subsidy/index.js';
import * as trainingSubsidyStaged from './training-subsidy-staged/index.js';
import * as uiAdjustmentFundSupport from './ui-adjustment-fund-support/index.js';
import * as unemploymentAssistanceBenefit from './unemployment-assistance-benefit/index.js';
import * as unemploymentInsuranceBenefit from './unemployment-insurance-benefit/index.js';
import * as workAsTrainingSubsidy from './work-as-training-subsidy/index.js';

/** A subsidy: its versions and the examples that show what it comes to. */
export type Folder = { readonly versions: readonly Policy[]; readonly examples: readonly WorkedExample[] };

/** Every policy folder of this release by its name. */
export const folders: Readonly<Record<string, Folder>> = {
  'apprenticeship-training-subsidy': apprenticeshipTrainingSubsidy,
  'assessment-reward-top3': assessmentRewardTop3,
  'flexible-employment-si-subsidy': flexibleEmploymentSiSubsidy,
  'hard-to-employ-post-subsidy': hardToEmployPostSubsidy,
  'hr-agency-referral-subsidy': hrAgencyReferralSubsidy,
  'incubator-rent-relief-subsidy': incubatorRentReliefSubsidy,
  'internship-retention-si-subsidy': internshipRetentionSiSubsidy,
  'internship-subsidy': internshipSubsidy,
  'job-stabilisation-refund': jobStabilisationRefund,
  'live-commerce-support': liveCommerceSupport,
  'migrant-accident-insurance-subsidy': migrantAccidentInsuranceSubsidy,
  'migrant-worker-hiring-subsidies': migrantWorkerHiringSubsidies,
  'one-off-hiring-subsidy': oneOffHiringSubsidy,
  'one-off-hiring-subsidy-epidemic': oneOffHiringSubsidyEpidemic,
  'one-off-or-temporary-living-aid': oneOffOrTemporaryLivingAid,
  'one-off-temporary-relief': oneOffTemporaryRelief,
  'public-post-si-subsidy': publicPostSiSubsidy,
  'refund-direct-pay-micro': refundDirectPayMicro,
  'skills-adjustment-fund-support': skillsAdjustmentFundSupport,
  'sme-class-hour-training-subsidy': smeClassHourTrainingSubsidy,
  'startup-loan-extension-interest': startupLoanExtensionInterest,
  'startup-loan-interest-sharing': startupLoanInterestSharing,
  'startup-venue-subsidy': startupVenueSubsidy,
  'temp-public-post-subsidy': tempPublicPostSubsidy,
  'temporary-price-subsidy': temporaryPriceSubsidy,
  'training-subsidy-staged': trainingSubsidyStaged,
  'ui-adjustment-fund-support': uiAdjustmentFundSupport,
  'unemployment-assistance-benefit': unemploymentAssistanceBenefit,
  'unemployment-insurance-benefit': unemploymentInsuranceBenefit,
  'work-as-training-subsidy': workAsTrainingSubsidy,
};
